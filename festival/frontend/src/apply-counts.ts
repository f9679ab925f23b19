// How long a text is, counted while it is typed as the site counts it when it is sent.

/** In words (what blanks and dashes part, with a letter or digit), or in characters (Unicode ones, a break is one). */
export function length(text: string, unit: string): number {
  const plain = text.replace(/\r\n/g, "\n");
  if (unit !== "words") return [...plain].length;
  return plain.split(/[\s\u2013\u2014]+/u).filter((word) => /[\p{L}\p{N}_]/u.test(word)).length;
}

/** Show below each text with a limit how long it is, and mark one that is too long. */
export function connectCounts(form: HTMLFormElement): void {
  const words = form.querySelector<HTMLElement>("[data-saved]")?.dataset ?? {};
  for (const place of form.querySelectorAll<HTMLElement>("[data-count]")) {
    const field = form.querySelector<HTMLTextAreaElement | HTMLInputElement>(`#${CSS.escape(place.dataset["count"] ?? "")}`);
    if (!field) continue;
    const { limit = "0", unit = "words" } = field.dataset;
    const show = () => {
      const count = length(field.value.trim(), unit);
      place.textContent = (words[unit] ?? "{count}").replace("{count}", String(count));
      place.classList.toggle("over", count > Number(limit));
    };
    field.addEventListener("input", show);
    show();
  }
}

// Shows the questions that are asked of who answers so. The server decides; what is hidden keeps what is typed in it.

/** Show and hide questions by the category and by the answers to others, and tell those who do not see it. */
export function connectConditions(form: HTMLFormElement): void {
  const show = (isSaid: boolean): void => {
    const [asked, unasked]: string[][] = [[], []];
    for (const field of form.querySelectorAll<HTMLElement>("[data-question]")) {
      const isAsked = isAskedIn(form, field, new Set());
      if (field.hidden === isAsked) (isAsked ? asked : unasked)!.push(nameOf(field));
      field.hidden = !isAsked;
    }
    for (const part of form.querySelectorAll<HTMLElement>("section[id]")) hideEmpty(form, part);
    if (isSaid) say(form, asked!, unasked!);
  };
  for (const type of ["input", "change"]) form.addEventListener(type, () => show(true));
  form.addEventListener("redrawn", () => show(false));
  show(false);
}

function isAskedIn(form: HTMLFormElement, field: HTMLElement, above: Set<HTMLElement>): boolean {
  const { in: categories, if: other, is: options = "" } = field.dataset;
  if (above.has(field) || (categories && !words(categories).some((slug) => answers(form, "category").includes(slug)))) return false;
  if (!other) return true;
  const parent = form.querySelector<HTMLElement>(`[data-question="${CSS.escape(other)}"]`);
  const isChosen = words(options).some((slug) => answers(form, `q-${other}`).includes(slug));
  return isChosen && parent !== null && isAskedIn(form, parent, new Set([...above, field]));
}

function answers(form: HTMLFormElement, name: string): FormDataEntryValue[] {
  return new FormData(form).getAll(name);
}

function words(text: string): string[] {
  return text.split(" ").filter(Boolean);
}

/** A part of the form of which nothing is asked is no part, nor in the list of parts. */
function hideEmpty(form: HTMLFormElement, part: HTMLElement): void {
  const fields = [...part.querySelectorAll<HTMLElement>(".field")];
  part.hidden = fields.length > 0 && fields.every((field) => field.hidden);
  const link = form.querySelector(`a[href="#${CSS.escape(part.id)}"]`)?.closest("li");
  if (link) link.hidden = part.hidden;
}

function nameOf(field: HTMLElement): string {
  return field.querySelector("legend, label")?.firstChild?.textContent?.trim() ?? "";
}

function say(form: HTMLFormElement, asked: string[], unasked: string[]): void {
  const place = form.querySelector<HTMLElement>("[data-asked]");
  if (!place || !(asked.length + unasked.length)) return;
  const { asked: now = "", unasked: noLonger = "" } = place.dataset;
  const said = [[now, asked], [noLonger, unasked]] as [string, string[]][];
  place.textContent = said.filter(([, names]) => names.length).map(([text, names]) => text.replace("{questions}", names.join(", "))).join(" ");
}

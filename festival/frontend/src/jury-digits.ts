// A scorecard by keyboard.

/** Digits set the mark of the criterion that has the focus, then the focus goes to the next criterion. */
export function connectDigits(form: HTMLFormElement): void {
  form.querySelector<HTMLElement>("[data-keys]")?.removeAttribute("hidden");
  form.addEventListener("keydown", (event) => {
    const target = event.target;
    if (!(target instanceof HTMLInputElement) || target.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
    const group = target.closest("fieldset");
    const radio = group?.querySelector<HTMLInputElement>(`input[value="${CSS.escape(event.key)}"]`);
    if (!group || !radio) return;
    event.preventDefault();
    radio.checked = true;
    radio.dispatchEvent(new Event("input", { bubbles: true }));
    next(group)?.focus();
  });
}

function next(group: HTMLFieldSetElement): HTMLElement | null {
  let sibling = group.nextElementSibling;
  while (sibling && !sibling.matches("fieldset")) sibling = sibling.nextElementSibling;
  if (!sibling) return group.closest("form")?.querySelector("textarea") ?? null;
  return sibling.querySelector<HTMLInputElement>("input:checked") ?? sibling.querySelector<HTMLInputElement>("input");
}

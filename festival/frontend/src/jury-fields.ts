// The marks and the comment of a scorecard's form.
import type { Fields } from "./jury-kept";

const PREFIX = "mark-";
const NOTE = "note-";

export function fieldsOf(form: HTMLFormElement): Fields {
  const marks: Record<string, string> = {};
  for (const radio of form.querySelectorAll<HTMLInputElement>("fieldset input:checked")) {
    marks[radio.name.slice(PREFIX.length)] = radio.value;
  }
  const notes = Object.fromEntries(notesOf(form).map((field) => [field.name.slice(NOTE.length), field.value]));
  return { comment: commentOf(form)?.value ?? "", marks, notes };
}

export function fill(form: HTMLFormElement, { comment, marks, notes }: Fields): void {
  for (const radio of form.querySelectorAll<HTMLInputElement>(`input[name^="${PREFIX}"]`)) {
    radio.checked = marks[radio.name.slice(PREFIX.length)] === radio.value;
  }
  const field = commentOf(form);
  if (field) field.value = comment;
  for (const text of notesOf(form)) text.value = notes?.[text.name.slice(NOTE.length)] ?? text.value;
}

/** Write the fields into a list: the names of the criteria as the form has them, then the comment. */
export function describe(list: HTMLElement, { comment, marks, notes }: Fields, panel: HTMLElement): void {
  const word = (name: string): string => panel.querySelector<HTMLTemplateElement>(`[data-word="${name}"]`)?.content.textContent ?? "";
  list.replaceChildren(
    ...Object.entries(marks).map(([slug, mark]) => line(nameOf(slug, panel), mark)),
    line(word("comment"), comment || word("none")),
    ...Object.entries(notes ?? {}).flatMap(([name, text]) => (text ? [line(labelOf(name, panel), text)] : [])),
  );
}

function line(name: string, value: string): HTMLElement {
  const row = document.createElement("div");
  const term = document.createElement("dt");
  const text = document.createElement("dd");
  term.textContent = name;
  text.textContent = value;
  row.append(term, text);
  return row;
}

function nameOf(slug: string, panel: HTMLElement): string {
  const radio = panel.closest("form")?.querySelector(`[name="${CSS.escape(PREFIX + slug)}"]`);
  return radio?.closest("fieldset")?.querySelector("legend")?.firstChild?.textContent?.trim() ?? slug;
}

function notesOf(form: HTMLFormElement): HTMLTextAreaElement[] {
  return [...form.querySelectorAll<HTMLTextAreaElement>(`textarea[name^="${NOTE}"]`)];
}

function labelOf(name: string, panel: HTMLElement): string {
  const text = panel.closest("form")?.querySelector<HTMLTextAreaElement>(`[name="${CSS.escape(NOTE + name)}"]`);
  return text?.labels?.[0]?.textContent?.trim() ?? name;
}

function commentOf(form: HTMLFormElement): HTMLTextAreaElement | null {
  return form.querySelector("textarea");
}

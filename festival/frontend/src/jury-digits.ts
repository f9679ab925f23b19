// A scorecard by keyboard. Letters and digits act only while the focus is in the form and not in a text.

const SLOW = 700; // milliseconds after which a second digit begins a new mark

/** Connect the keys that `[data-keys]` names. Returns nothing; the form works without. */
export function connectDigits(form: HTMLFormElement): void {
  form.querySelector<HTMLElement>("[data-keys]")?.removeAttribute("hidden");
  const marked: { radio: HTMLInputElement; before: HTMLInputElement | null }[] = [];
  let typed = "";
  let at: HTMLFieldSetElement | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const goOn = (group: HTMLFieldSetElement): void => {
    clearTimeout(timer);
    [typed, at] = ["", null];
    step(group, 1)?.focus();
  };
  const digit = (group: HTMLFieldSetElement, key: string): boolean => {
    const number = at === group ? typed + key : key;
    const radio = radioOf(group, number) ?? radioOf(group, key);
    if (!radio) return false;
    if (at !== group) marked.push({ radio, before: group.querySelector<HTMLInputElement>("input:checked") });
    clearTimeout(timer);
    set(radio, true);
    [typed, at] = [radio.value, group];
    const canGrow = [...group.querySelectorAll<HTMLInputElement>("input")].some((other) => other.value !== radio.value && other.value.startsWith(radio.value));
    if (!canGrow) goOn(group);
    else timer = setTimeout(() => goOn(group), SLOW);
    return true;
  };
  const takeBack = (): boolean => {
    const last = marked.pop();
    if (!last) return false;
    clearTimeout(timer);
    [typed, at] = ["", null];
    set(last.before ?? last.radio, Boolean(last.before));
    (last.before ?? last.radio).focus();
    return true;
  };

  form.addEventListener("keydown", (event) => {
    const target = event.target;
    if (!(target instanceof HTMLElement) || isText(target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const group = target.closest("fieldset");
    if (act(event.key.toLowerCase(), group)) event.preventDefault();
  });

  function act(key: string, group: HTMLFieldSetElement | null): boolean {
    if (/^\d$/.test(key)) return group !== null && digit(group, key);
    if (key === "u") return takeBack();
    if (key === "j" || key === "k") return goTo(group, key === "j" ? 1 : -1);
    if (key === "s") return press(form.querySelector<HTMLElement>('button[name="submit"]'));
    return key === "n" && press(document.querySelector<HTMLElement>("[data-skip]"));
  }
}

function isText(target: HTMLElement): boolean {
  return target.matches("textarea, input:not([type=radio])");
}

function radioOf(group: HTMLFieldSetElement, value: string): HTMLInputElement | null {
  return group.querySelector<HTMLInputElement>(`input[value="${CSS.escape(value)}"]`);
}

function set(radio: HTMLInputElement, checked: boolean): void {
  radio.checked = checked;
  radio.dispatchEvent(new Event("input", { bubbles: true }));
}

function press(button: HTMLElement | null): boolean {
  button?.click();
  return button !== null;
}

function goTo(group: HTMLFieldSetElement | null, by: number): boolean {
  const place = group && step(group, by);
  place?.focus();
  return place !== null;
}

/** The mark to go to in the next fieldset, or the one before; after the last one, the comment. */
function step(group: HTMLFieldSetElement, by: number): HTMLElement | null {
  const form = group.closest("form");
  const groups = [...(form?.querySelectorAll("fieldset") ?? [])];
  const next = groups[groups.indexOf(group) + by];
  if (!next) return by > 0 ? (form?.querySelector("textarea") ?? null) : null;
  return next.querySelector<HTMLInputElement>("input:checked") ?? next.querySelector<HTMLInputElement>("input");
}

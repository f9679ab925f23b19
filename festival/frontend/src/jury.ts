// The juror's scorecard: drafts save themselves, and digits set marks. Without this the form works by its buttons.
export {};

const PAUSE = 900;
const PAUSE_OFFLINE = 15_000;

interface Answer {
  message: string;
  version?: number;
}

function connect(form: HTMLFormElement): void {
  digits(form);
  const address = form.dataset["autosave"];
  if (address) autosave(form, address);
  form.querySelector<HTMLElement>(".error-summary")?.focus();
}

/** Digits set the mark of the criterion that has the focus, then the focus goes to the next criterion. */
function digits(form: HTMLFormElement): void {
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

/** Save a draft a moment after the last change; requests never overlap, so that versions follow each other. */
function autosave(form: HTMLFormElement, address: string): void {
  form.dataset["saving"] = "";
  const status = form.querySelector<HTMLElement>("[data-saved]");
  const version = form.elements.namedItem("version");
  let timer = 0;
  let running: Promise<void> | null = null;
  let changed = false;
  let stopped = false;

  const send = async (): Promise<void> => {
    const response = await fetch(address, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    const answer = (await response.json()) as Answer;
    if (status) status.textContent = answer.message;
    if (answer.version !== undefined && version instanceof HTMLInputElement) version.value = String(answer.version);
    if (response.status === 409) stopped = true;
  };

  const save = async (): Promise<void> => {
    if (running || stopped) return;
    changed = false;
    let pause = PAUSE;
    running = send().catch(() => {
      changed = true; // no network
      pause = PAUSE_OFFLINE;
    });
    await running;
    running = null;
    if (changed) plan(pause);
  };

  const plan = (pause: number): void => {
    changed = true;
    window.clearTimeout(timer);
    if (!stopped) timer = window.setTimeout(() => void save(), pause);
  };

  form.addEventListener("input", () => plan(PAUSE));
  form.addEventListener("submit", (event) => {
    stopped = true;
    window.clearTimeout(timer);
    if (!running) return;
    // A draft is on its way: wait for its version, or the card would seem to have been changed elsewhere.
    event.preventDefault();
    void running.then(() => form.requestSubmit(event.submitter));
  });
}

for (const form of document.querySelectorAll<HTMLFormElement>('[data-behavior="scorecard"]')) connect(form);

// Drafts that save themselves and say what became of them.
const PAUSE = 900;
const PAUSE_AFTER_FAILURE = 15_000;

interface Answer {
  message: string;
  version?: number;
}

/** The sign-in page came instead of an answer. */
class SignedOut extends Error {}

/** Save a draft a moment after the last change; requests never overlap, so that versions follow each other. */
export function connectAutosave(form: HTMLFormElement, onKept: () => void): void {
  const address = form.dataset["autosave"];
  if (!address) return;
  form.dataset["saving"] = "";
  const status = form.querySelector<HTMLElement>("[data-saved]");
  const version = form.elements.namedItem("version");
  let timer = 0;
  let running: Promise<void> | null = null;
  let changed = false;
  let stopped = false;

  const say = (message: string | undefined): void => {
    if (status && message !== undefined) status.textContent = message;
  };

  const send = async (): Promise<void> => {
    const response = await fetch(address, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    if (response.redirected) throw new SignedOut();
    const answer = (await response.json()) as Answer;
    say(answer.message);
    if (answer.version !== undefined && version instanceof HTMLInputElement) version.value = String(answer.version);
    if (response.status === 409) stopped = true;
    if (response.ok && !changed) onKept();
  };

  const save = async (): Promise<void> => {
    if (running || stopped) return;
    changed = false;
    let pause = PAUSE;
    running = send().catch((error: unknown) => {
      say(error instanceof SignedOut ? status?.dataset["signedOut"] : status?.dataset["unsaved"]);
      changed = true;
      pause = PAUSE_AFTER_FAILURE;
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

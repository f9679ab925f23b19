// Forms that are checked while people fill them in: what a change means is asked for, what is wrong is said politely.
import { focusFirstFault } from "./faults";

const LOOK = "look";

interface Asked extends Event {
  detail: {
    elt: HTMLElement;
    parameters: Record<string, unknown>;
    triggeringEvent?: Event;
    requestConfig?: { elt?: Element; triggeringEvent?: Event };
    shouldSwap?: boolean;
  };
}

// How often a form has changed, and how often it had when it was asked about: an answer to less is of no use any more.
const changes = new WeakMap<HTMLFormElement, number>();
const asked = new WeakMap<HTMLFormElement, number>();
const visited = new WeakMap<HTMLFormElement, Set<string>>();
const plain = new WeakSet<HTMLFormElement>();
let told = new Set<string>();

export function connectForms(root: HTMLElement = document.body): void {
  root.setAttribute("hx-ext", "morph");
  const voice = document.createElement("p");
  voice.className = "visually-hidden";
  voice.setAttribute("aria-live", "polite");
  root.append(voice);
  root.addEventListener("change", (event) => note(event.target), true);
  root.addEventListener("submit", (event) => {
    if (event.target instanceof HTMLFormElement && plain.has(event.target)) event.stopImmediatePropagation();
  }, true);
  root.addEventListener("htmx:configRequest", (event) => fillIn(event as Asked));
  root.addEventListener("htmx:beforeSwap", (event) => keepWhatIsNewer(event as Asked));
  root.addEventListener("htmx:afterSettle", (event) => tell(event as Asked, voice));
  for (const failed of ["htmx:responseError", "htmx:sendError"]) root.addEventListener(failed, (event) => sendWhole(event as Asked));
}

/** Of a field that was changed, or that had a fault already, faults are told at once; of the others when it is sent. */
function note(field: EventTarget | null): void {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement)) return;
  if (!field.form) return;
  names(field.form).add(field.name);
  changes.set(field.form, (changes.get(field.form) ?? 0) + 1);
}

/** What somebody has changed since a form was asked about is not taken back: another question is on its way. */
function keepWhatIsNewer({ detail }: Asked): void {
  told = new Set(faults());
  const form = detail.requestConfig?.elt;
  if (form instanceof HTMLFormElement && changes.get(form) !== asked.get(form)) detail.shouldSwap = false;
}

function names(form: HTMLFormElement): Set<string> {
  const known = visited.get(form) ?? new Set<string>();
  visited.set(form, known);
  form.querySelectorAll<HTMLInputElement>(".error [name], [aria-invalid=true][name]").forEach((field) => known.add(field.name));
  return known;
}

/** A form that is sent says by which button; one that changed only looks. */
function fillIn({ detail: { elt, parameters, triggeringEvent } }: Asked): void {
  if (!(elt instanceof HTMLFormElement)) return;
  const count = changes.get(elt);
  if (count === undefined) asked.delete(elt);
  else asked.set(elt, count);
  if (triggeringEvent?.type === "submit") {
    for (const field of elt.querySelectorAll<HTMLInputElement>("[name]")) names(elt).add(field.name);
    const button = (triggeringEvent as SubmitEvent).submitter;
    if (button instanceof HTMLButtonElement && button.name) parameters[button.name] = button.value;
    return;
  }
  parameters[LOOK] = "1";
  parameters["seen"] = [...names(elt)];
}

const faults = (): string[] => [...document.querySelectorAll(".err:not([role=alert])")].map((fault) => fault.textContent.trim());

function tell(event: Asked, voice: HTMLElement): void {
  if (event.detail.requestConfig?.triggeringEvent?.type === "submit") {
    focusFirstFault(event.detail.elt);
    return;
  }
  voice.textContent = faults().filter((fault) => !told.has(fault)).join(" ");
}

/** Where nothing came back that could be shown, the form is sent as without scripts: whatever happens then is seen. */
function sendWhole({ detail: { elt, requestConfig } }: Asked): void {
  const sent = requestConfig?.triggeringEvent;
  if (!(elt instanceof HTMLFormElement) || sent?.type !== "submit") return;
  plain.add(elt);
  elt.requestSubmit((sent as SubmitEvent).submitter);
}

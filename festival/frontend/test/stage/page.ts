// A browser's page for one test: its document, clock and network stand where the sources look for them.
import assert from "node:assert/strict";
import { afterEach } from "node:test";
import { Window } from "happy-dom";
import { Clock } from "./clock";
import { Network } from "./network";

export { settle } from "./clock";

const FROM_WINDOW = [
  "document", "localStorage", "sessionStorage", "history", "CSS", "DOMParser", "FormData", "Event", "KeyboardEvent", "Element", "HTMLElement",
  "HTMLFormElement", "HTMLInputElement", "HTMLMediaElement",
] as const;

const before = new Map<string, PropertyDescriptor | undefined>();
let open: Page | undefined;

export interface Page {
  clock: Clock;
  network: Network;
  /** Where the page went, in order; "reload" for a reload. */
  visits: string[];
  /** What listeners threw; a test with anything in it fails. */
  faults: unknown[];
}

/** Put one value where the sources find it, until the test ends. */
export function place(name: string, value: unknown, on: object = globalThis): void {
  if (on === globalThis && !before.has(name)) before.set(name, Object.getOwnPropertyDescriptor(on, name));
  Object.defineProperty(on, name, { value, configurable: true, writable: true });
}

/** Open a page with this body. Everything it changes is put back after the test. */
export function openPage(body: string, address = "https://fest.example/"): Page {
  const window = new Window({ url: address, settings: { navigation: { disableMainFrameNavigation: true, disableFallbackToSetURL: true } } });
  const page: Page = { clock: new Clock(), network: new Network(), visits: [], faults: [] };
  const { clock } = page;
  for (const name of FROM_WINDOW) place(name, window[name as keyof Window]);
  place("navigator", { onLine: true });
  place("fetch", page.network.fetch);
  place("AbortSignal", { timeout: clock.timeout });
  place("performance", { now: () => clock.now });
  place("location", { get href() { return window.location.href; }, get pathname() { return window.location.pathname; }, assign: (to: string) => page.visits.push(to), reload: () => page.visits.push("reload") });
  for (const target of [window, globalThis]) {
    place("setTimeout", clock.setTimeout, target);
    place("setInterval", clock.setInterval, target);
    place("clearTimeout", clock.clear, target);
  }
  place("window", window);
  window.addEventListener("error", (event) => page.faults.push((event as unknown as ErrorEvent).error));
  setVisible(true);
  document.documentElement.lang = "en";
  document.body.innerHTML = body;
  open = page;
  return page;
}

afterEach(() => {
  for (const [name, descriptor] of before) {
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    else Reflect.deleteProperty(globalThis, name);
  }
  before.clear();
  const left = { faults: open?.faults ?? [], unexpected: open?.network.unexpected ?? [] };
  open = undefined;
  assert.deepEqual(left, { faults: [], unexpected: [] });
});

/** The page is looked at, or its tab or phone has been put away. */
export function setVisible(visible: boolean): void {
  place("hidden", !visible, document);
  place("visibilityState", visible ? "visible" : "hidden", document);
}

export function one<T extends Element = HTMLElement>(selector: string): T {
  const found = document.querySelector<T>(selector);
  assert.ok(found, `nothing matches ${selector}`);
  return found;
}

export function all<T extends Element = HTMLElement>(selector: string): T[] {
  return [...document.querySelectorAll<T>(selector)];
}

export function click(selector: string, options: MouseEventInit = {}): Event {
  const event = new window.MouseEvent("click", { bubbles: true, cancelable: true, ...options });
  one(selector).dispatchEvent(event);
  return event;
}

/** Send an event that may be refused to an element or the window. */
export function send(target: EventTarget, type: string): Event {
  const event = new Event(type, { bubbles: true, cancelable: true });
  target.dispatchEvent(event);
  return event;
}

/** Press a key; `at` is the moment the browser notes for it. */
export function press(target: EventTarget, key: string, options: KeyboardEventInit & { at?: number } = {}): KeyboardEvent {
  const event = new KeyboardEvent("keydown", { bubbles: true, cancelable: true, key, ...options });
  Object.defineProperty(event, "timeStamp", { value: options.at ?? performance.now() });
  target.dispatchEvent(event);
  return event;
}

/** Type into a field as a person does: the value, then the event. */
export function type(selector: string, value: string): void {
  const field = one<HTMLInputElement | HTMLTextAreaElement>(selector);
  field.value = value;
  send(field, "input");
}

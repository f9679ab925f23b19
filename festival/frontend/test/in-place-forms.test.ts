import assert from "node:assert/strict";
import { test } from "node:test";
import { connectForms } from "../src/in-place-forms";
import { one, openPage, place, send } from "./stage/page";

const FORM = `<main id="part"><form id="form">
  <input name="name" id="name"><p class="error"><input name="email"></p><button name="anyway" value="1" id="button"></button>
</form></main>`;

function open(): void {
  openPage(FORM);
  for (const name of ["HTMLSelectElement", "HTMLTextAreaElement", "HTMLButtonElement"] as const) place(name, window[name]);
  connectForms(document.body);
}

function asked(triggeringEvent: unknown): Record<string, unknown> {
  const parameters: Record<string, unknown> = {};
  tell("htmx:configRequest", { elt: one("#form"), parameters, triggeringEvent });
  return parameters;
}

function tell(type: string, detail: object): void {
  document.body.dispatchEvent(new window.CustomEvent(type, { detail: { elt: one("#part"), ...detail } }));
}

const voice = (): string | null => one("body > [aria-live]").textContent;

test("a form that changed only looks, and says in which fields somebody has been", () => {
  open();
  send(one("#name"), "change");
  assert.deepEqual(asked({ type: "change" }), { look: "1", seen: ["email", "name"] });
});

test("a form that is sent says by which button", () => {
  open();
  assert.deepEqual(asked({ type: "submit", submitter: one("#button") }), { anyway: "1" });
  assert.deepEqual(asked({ type: "submit", submitter: null }), {});
});

test("an answer to what has changed since is not shown", () => {
  open();
  const shown = (): unknown => {
    const detail = { elt: one("#part"), requestConfig: { elt: one("#form") }, shouldSwap: true };
    document.body.dispatchEvent(new window.CustomEvent("htmx:beforeSwap", { detail }));
    return detail.shouldSwap;
  };
  asked({ type: "submit", submitter: null });
  assert.equal(shown(), true);
  send(one("#name"), "change");
  assert.equal(shown(), false);
  asked({ type: "change" });
  assert.equal(shown(), true);
});

test("faults that are new are spoken, and only those", () => {
  open();
  tell("htmx:beforeSwap", {});
  one("#part").insertAdjacentHTML("beforeend", '<p class="err">No name.</p><p class="err" role="alert">Full.</p>');
  tell("htmx:afterSettle", {});
  assert.equal(voice(), "No name.");
  tell("htmx:beforeSwap", {});
  tell("htmx:afterSettle", {});
  assert.equal(voice(), "");
});

test("after sending, the first fault has the focus", () => {
  open();
  one("#name").setAttribute("aria-invalid", "true");
  tell("htmx:afterSettle", { requestConfig: { triggeringEvent: { type: "submit" } } });
  assert.equal(document.activeElement?.id, "name");
});

test("where nothing came back the form is sent whole, and htmx is not asked any more", () => {
  open();
  const form = one<HTMLFormElement>("#form");
  const sent: unknown[] = [];
  place("requestSubmit", (button: unknown) => sent.push(button), form);
  tell("htmx:sendError", { elt: form, requestConfig: { triggeringEvent: { type: "change" } } });
  assert.deepEqual(sent, []);
  tell("htmx:responseError", { elt: form, requestConfig: { triggeringEvent: { type: "submit", submitter: one("#button") } } });
  assert.deepEqual(sent, [one("#button")]);

  let heard = 0;
  form.addEventListener("submit", () => (heard += 1));
  send(form, "submit");
  assert.equal(heard, 0);
});

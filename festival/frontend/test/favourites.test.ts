import assert from "node:assert/strict";
import { test } from "node:test";
import { connectStars, showMine } from "../src/favourites";
import { all, click, one, openPage, place } from "./stage/page";

const KEY = "kermesse.favourites";

const star = (uuid: string): string => `<button hidden data-behavior="star" data-uuid="${uuid}" aria-pressed="false"></button>`;
const card = (uuid: string): string => `<li data-occurrence="${uuid}">${star(uuid)}</li>`;
const DAY = `
  <section class="strip"><ul>${card("s")}</ul></section>
  <section class="slot"><ul>${card("a")}${card("b")}</ul></section>
  <section class="slot"><ul>${card("c")}</ul></section>
  <p data-empty hidden>Nothing yet.</p>`;

const pressed = (): string[] => all('[aria-pressed="true"]').map((button) => button.dataset["uuid"] ?? "");
const shown = (): string[] => all("[data-occurrence]:not([hidden])").map((item) => item.dataset["occurrence"] ?? "");
const stored = (): unknown => JSON.parse(localStorage.getItem(KEY) ?? "null");
/** A storage that refuses everything, as in some private windows. */
const noStorage = (): void => {
  const refuse = (): never => {
    throw new DOMException("no", "SecurityError");
  };
  place("localStorage", { getItem: refuse, setItem: refuse });
};

test("stars appear only with the script and show what was kept", () => {
  openPage(DAY);
  localStorage.setItem(KEY, '["b","gone"]');

  connectStars(document);

  assert.deepEqual(all("button[hidden]"), []);
  assert.deepEqual(pressed(), ["b"]);
});

test("a star is kept for the next page, and can be taken back", () => {
  openPage(DAY);
  connectStars(document);

  click('[data-uuid="a"]');
  click('[data-uuid="c"]');
  assert.deepEqual(stored(), ["a", "c"]);
  assert.deepEqual(pressed(), ["a", "c"]);

  document.body.innerHTML = DAY;
  connectStars(document);
  assert.deepEqual(pressed(), ["a", "c"]);

  click('[data-uuid="a"]');
  assert.deepEqual(stored(), ["c"]);
  assert.deepEqual(pressed(), ["c"]);
});

test("every star of the same occurrence turns together", () => {
  const uuid = "0f5e9d1c-0000-4000-8000-000000000000"; // its first digit has to be escaped in a selector
  openPage(star(uuid) + star("other") + star(uuid));
  connectStars(document);

  click(`[data-uuid="${uuid}"]`);

  assert.deepEqual(pressed(), [uuid, uuid]);
});

test("a star that is connected twice turns once", () => {
  openPage(DAY);
  connectStars(document);
  connectStars(document);

  click('[data-uuid="a"]');

  assert.deepEqual(pressed(), ["a"]);
});

test("a star set in another tab is not lost by one set here", () => {
  openPage(DAY);
  connectStars(document);
  localStorage.setItem(KEY, '["z"]');

  click('[data-uuid="a"]');

  assert.deepEqual(stored(), ["z", "a"]);
});

for (const broken of ["{", '{"a":1}', "null", "12", '[1,null,["a"]]']) {
  test(`stars survive what is not a list of theirs: ${broken}`, () => {
    openPage(DAY);
    localStorage.setItem(KEY, broken);

    connectStars(document);
    assert.deepEqual(pressed(), []);
    click('[data-uuid="a"]');

    assert.deepEqual(stored(), ["a"]);
  });
}

test("without storage a star still answers the finger", () => {
  openPage(DAY);
  noStorage();
  connectStars(document);

  click('[data-uuid="a"]');

  assert.deepEqual(pressed(), ["a"]);
});

test("only mine hides the rest, and times and strips left without a session", () => {
  openPage(DAY);
  localStorage.setItem(KEY, '["b"]');

  showMine(true);

  assert.deepEqual(shown(), ["b"]);
  assert.deepEqual(all(".slot, .strip").map((group) => group.hidden), [true, false, true]);
  assert.equal(one("[data-empty]").hidden, true);
});

test("only mine says so when nothing is starred", () => {
  openPage(DAY);

  showMine(true);

  assert.deepEqual(shown(), []);
  assert.equal(one("[data-empty]").hidden, false);
});

test("everything comes back", () => {
  openPage(DAY);
  showMine(true);

  showMine(false);

  assert.deepEqual(shown(), ["s", "a", "b", "c"]);
  assert.deepEqual(all(".slot[hidden], .strip[hidden]"), []);
  assert.equal(one("[data-empty]").hidden, true);
});

test("a page without an empty note can be filtered, too", () => {
  openPage(card("a"));

  showMine(true);

  assert.deepEqual(shown(), []);
});

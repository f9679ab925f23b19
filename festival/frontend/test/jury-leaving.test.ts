import assert from "node:assert/strict";
import { test } from "node:test";
import { guardLeaving } from "../src/jury-leaving";
import { one, openPage, send, type } from "./stage/page";

function openCard(): { kept: () => void; asks: () => boolean } {
  openPage("<form><textarea></textarea></form>");
  const kept = guardLeaving(one<HTMLFormElement>("form"));
  return { kept, asks: () => send(window, "beforeunload").defaultPrevented };
}

test("a card that was only read is left without a question", () => {
  const { asks } = openCard();

  assert.equal(asks(), false);
});

test("leaving with something typed asks, every time", () => {
  const { asks } = openCard();

  type("textarea", "a word");

  assert.equal(asks(), true);
  assert.equal(asks(), true);
});

test("once the server has it nothing is asked, until more is typed", () => {
  const { asks, kept } = openCard();
  type("textarea", "a word");

  kept();
  assert.equal(asks(), false);

  type("textarea", "a word more");
  assert.equal(asks(), true);
});

test("handing in is not leaving", () => {
  const { asks } = openCard();
  type("textarea", "a word");

  send(one("form"), "submit");

  assert.equal(asks(), false);
});

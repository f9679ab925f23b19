import assert from "node:assert/strict";
import { test } from "node:test";
import { forget, forgetAll, keep, keptOf, same } from "../src/jury-kept";
import { leftBehind } from "./stage/card";
import { openPage, place } from "./stage/page";

test("what is kept is found by person and card, the newest first, until it is forgotten", () => {
  openPage("");
  keep("7", "1", leftBehind("old", { window: "a", at: 1 }));
  keep("7", "1", leftBehind("new", { window: "b", at: 2 }));
  keep("7", "12", leftBehind("of another card"));
  keep("77", "1", leftBehind("hers"));

  assert.deepEqual(keptOf("7", "1").map(({ fields }) => fields.comment), ["new", "old"]);
  assert.equal(keptOf("7").length, 3);
  forget("7", "1", "b");
  assert.deepEqual(keptOf("7", "1").map(({ window }) => window), ["a"]);
  forgetAll("7");
  assert.deepEqual([keptOf("7"), keptOf("77").length], [[], 1]);
});

test("what is no card is passed over, and is not thrown away", () => {
  openPage("");
  localStorage.setItem("kermesse.card.7.1.a", "{");
  localStorage.setItem("kermesse.card.7.1.b", "{}");
  localStorage.setItem("kermesse.favourites", "[]");

  assert.deepEqual([keptOf("7"), localStorage.length], [[], 3]);
});

test("a browser that keeps nothing says so", () => {
  openPage("");
  place("localStorage", undefined);

  assert.equal(keep("7", "1", leftBehind("x")), false);
  assert.doesNotThrow(() => forget("7", "1", "gone"));
  assert.deepEqual(keptOf("7"), []);
});

test("blanks at the ends are no difference, marks are", () => {
  const one = { comment: "a", marks: { impact: "1" } };

  assert.equal(same(one, { comment: " a\n", marks: { impact: "1" } }), true);
  assert.equal(same(one, { comment: "a", marks: {} }), false);
  assert.equal(same({ comment: "a", marks: {} }, one), false);
});

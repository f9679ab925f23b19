import assert from "node:assert/strict";
import { test } from "node:test";
import { keep } from "../src/jury-kept";
import { showKept } from "../src/jury-locked";
import { leftBehind, PANEL } from "./stage/card";
import { one, openPage } from "./stage/page";

function open(comment?: string): void {
  openPage(PANEL.replace("<section", '<section data-user="7" data-card="21"'));
  if (comment) keep("7", "21", leftBehind(comment, { fields: { comment, marks: { impact: "2" } } }));
  showKept(one("[data-versions]"));
}

test("what never arrived can still be read", () => {
  open("Too late.");

  assert.deepEqual([one("[data-versions]").hidden, one('[data-version="mine"]').textContent], [false, "impact2CommentToo late."]);
});

test("where everything arrived nothing is shown", () => {
  open();

  assert.equal(one("[data-versions]").hidden, true);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { focusFirstFault } from "../src/faults";
import { openPage } from "./stage/page";

const focused = (html: string): string => {
  openPage(`<main>${html}</main>`);
  focusFirstFault();
  return document.activeElement?.id || (document.activeElement?.tagName ?? "");
};

test("the first field with a fault has the focus", () => {
  assert.equal(focused('<input id="a"><input id="b" aria-invalid="true"><p class="err">No.</p><input id="c" aria-invalid="true">'), "b");
});

test("a sentence above the fields comes first, and one beside a choice stands for it", () => {
  assert.equal(focused('<p id="a" class="notice bad" role="alert">No.</p><input id="b" aria-invalid="true">'), "a");
  assert.equal(focused('<fieldset><p id="a" class="err">Choose.</p><input id="b" type="radio"></fieldset>'), "a");
});

test("what the page itself gives the focus keeps it, and a page without faults is left alone", () => {
  assert.equal(focused('<input id="a" autofocus><input id="b" aria-invalid="true">'), "BODY");
  assert.equal(focused('<p class="notice" role="status">Saved.</p><input id="a">'), "BODY");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { keep, keptOf } from "../src/jury-kept";
import { connectSigningOut } from "../src/jury-signing-out";
import { leftBehind } from "./stage/card";
import { all, one, openPage, send } from "./stage/page";

const FORM = '<form data-user="7"><section data-unsent hidden><ul></ul></section><button>Sign out</button></form>';

function open(): void {
  openPage(FORM);
  keep("8", "3", leftBehind("hers"));
}

test("signing out with everything saved says nothing", () => {
  open();
  connectSigningOut(one<HTMLFormElement>("form"));

  assert.equal(one("[data-unsent]").hidden, true);
});

test("what the site does not have is named with its page, and goes with the signing out", () => {
  open();
  keep("7", "1", leftBehind("one", { window: "a" }));
  keep("7", "1", leftBehind("two", { window: "b" }));
  connectSigningOut(one<HTMLFormElement>("form"));

  assert.equal(one("[data-unsent]").hidden, false);
  assert.deepEqual(all<HTMLAnchorElement>("a").map((link) => [link.getAttribute("href"), link.textContent]), [["/jury/x/entries/drill/", "Drill"]]);
  assert.equal(keptOf("7").length, 2);

  send(one("form"), "submit");
  assert.deepEqual([keptOf("7"), keptOf("8").length], [[], 1]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { connectCopying } from "../src/copying";
import { click, one, openPage, settle } from "./stage/page";

const PLACE = `<div data-behavior="copy" data-copied="Copied."><input readonly value="https://fest.example/schedule.ics">
  <button hidden>Copy</button><p role="status"></p></div>`;

function openWith(clipboard: unknown): void {
  openPage(PLACE, "https://fest.example/fr/programme/");
  Object.defineProperty(navigator, "clipboard", { configurable: true, value: clipboard });
  connectCopying();
}

test("the address is copied and that is said", async () => {
  const copied: string[] = [];
  openWith({ writeText: async (text: string) => void copied.push(text) });

  click("button");
  await settle();

  assert.deepEqual(copied, ["https://fest.example/schedule.ics"]);
  assert.equal(one('[role="status"]').textContent, "Copied.");
});

test("where the browser refuses nothing is promised", async () => {
  openWith({ writeText: async () => { throw new Error("NotAllowedError"); } });

  click("button");
  await settle();

  assert.equal(one('[role="status"]').textContent, "");
});

test("without a clipboard there is no button", () => {
  openWith(undefined);

  assert.equal(one("button").hasAttribute("hidden"), true);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { connectCounts, length } from "../src/apply-counts";
import { one, openPage } from "./stage/page";

test("words and characters are counted as the site counts them", () => {
  const table: [string, string, number][] = [
    ["Un deux  trois", "words", 3],
    ["Quoi ! 1 000 – deux—trois", "words", 5],
    ["", "words", 0],
    ["a\r\nb", "characters", 3],
    ["🥖é", "characters", 2],
  ];
  for (const [text, unit, count] of table) assert.equal(length(text, unit), count, text);
});

test("the count stands below the text and says when it is too long", () => {
  openPage(`<form><p data-saved data-words="{count} words"></p><textarea id="id_q" data-limit="2" data-unit="words">One two</textarea><span data-count="id_q"></span><span data-count="gone"></span></form>`);
  connectCounts(one<HTMLFormElement>("form"));
  const [place, field] = [one("[data-count]"), one<HTMLTextAreaElement>("textarea")];
  assert.deepEqual([place.textContent, place.className], ["2 words", ""]);
  field.value = "One two three";
  field.dispatchEvent(new Event("input"));
  assert.deepEqual([place.textContent, place.className], ["3 words", "over"]);
});

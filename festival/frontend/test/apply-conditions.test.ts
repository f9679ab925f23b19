import assert from "node:assert/strict";
import { test } from "node:test";
import { connectConditions } from "../src/apply-conditions";
import { all, one, openPage, send } from "./stage/page";

function open(): HTMLFormElement {
  openPage(`<form><ul><li><a href="#money">Money</a></li></ul><p data-asked="Now: {questions}" data-unasked="Gone: {questions}"></p>
    <select name="category"><option value="making">M</option><option value="art">A</option></select>
    <section id="all"><fieldset class="field" data-question="paid"><legend>Paid?</legend><input type="radio" name="q-paid" value="yes"><input type="radio" name="q-paid" value="no" checked></fieldset></section>
    <section id="money"><div class="field" data-question="price" data-if="paid" data-is="yes always"><label>Price <span>(optional)</span></label><input name="q-price" value="12"></div>
    <div class="field" data-question="why" data-if="price" data-is="x"><label>Why?</label></div></section>
    <section id="art"><div class="field" data-question="wall" data-in="art craft "><label>Wall</label></div><fieldset class="field" data-question="loop" data-if="loop" data-is="a"><legend>Loop</legend></fieldset></section></form>`);
  const form = one<HTMLFormElement>("form");
  connectConditions(form);
  return form;
}

const shown = (): string[] => all("[data-question]").filter((field) => !field.hidden).map((field) => field.dataset["question"] ?? "");

test("what is not asked is hidden, keeps its answer and is announced when it comes", () => {
  const form = open();
  assert.deepEqual(shown(), ["paid"]);
  assert.deepEqual([one("#money").hidden, one("li").hidden, one("[data-asked]").textContent], [true, true, ""]);
  one<HTMLInputElement>("[value=yes]").checked = true;
  send(form, "change");
  assert.deepEqual(shown(), ["paid", "price"]);
  assert.deepEqual([one("#money").hidden, one("[data-asked]").textContent], [false, "Now: Price"]);
  one<HTMLInputElement>("[value=no]").checked = true;
  send(form, "change");
  assert.deepEqual([one("[data-asked]").textContent, one<HTMLInputElement>("[name=q-price]").value], ["Gone: Price", "12"]);
});

test("a category asks its own questions, and a question that hangs on itself is never asked", () => {
  const form = open();
  one<HTMLSelectElement>("select").value = "art";
  send(form, "change");
  assert.deepEqual(shown(), ["paid", "wall"]);
  one("[data-question=wall]").hidden = true; // as after a part was drawn anew
  send(form, "redrawn");
  assert.deepEqual(shown(), ["paid", "wall"]);
});

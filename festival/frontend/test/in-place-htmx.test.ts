import assert from "node:assert/strict";
import { test } from "node:test";
import type Htmx from "htmx.org";
import { setUp } from "../src/in-place-htmx";
import { one, openPage, place } from "./stage/page";

interface Extension { isInlineSwap(style: string): boolean; handleSwap(style: string, target: Node, fragment: Node): boolean }

function open(body: string): { config: Record<string, unknown>; morph: Extension; processed: unknown[] } {
  openPage(body);
  for (const name of ["Document", "DocumentFragment", "HTMLHeadElement", "HTMLOptionElement", "HTMLTextAreaElement", "HTMLTemplateElement", "HTMLBodyElement", "HTMLScriptElement", "Node"] as const) place(name, window[name as never]);
  const made: { config: Record<string, unknown>; morph?: Extension; processed: unknown[] } = { config: {}, processed: [] };
  const htmx = { config: made.config, defineExtension: (_name: string, one: Extension) => (made.morph = one), process: (what: unknown) => made.processed.push(what) };
  setUp(htmx as unknown as typeof Htmx);
  assert.ok(made.morph);
  return { ...made, morph: made.morph };
}

function fragment(html: string): DocumentFragment {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

test("nothing is evaluated, nothing is styled, nobody else is asked", () => {
  const { config } = open("");
  assert.deepEqual(
    [config["allowEval"], config["allowScriptTags"], config["includeIndicatorStyles"], config["selfRequestsOnly"], config["historyEnabled"]],
    [false, false, false, true, false],
  );
});

test("a part is exchanged, and what is being typed and has the focus stays", () => {
  const { morph, processed } = open('<form id="form"><input id="name" value=""><p></p></form>');
  const field = one<HTMLInputElement>("#name");
  field.focus();
  field.value = "typed on";

  assert.ok(morph.handleSwap("morph", one("#form"), fragment('<form id="form"><input id="name" value="typed"><p class="err">No.</p></form>')));

  assert.equal(one("#name"), field);
  assert.equal(document.activeElement, field);
  assert.equal(field.value, "typed on");
  assert.equal(one(".err").textContent, "No.");
  assert.deepEqual(processed, []);
});

test("htmx is told of what is new", () => {
  const { morph, processed } = open('<div id="in-place"><p>One.</p></div>');
  morph.handleSwap("morph", one("#in-place"), fragment('<div id="in-place"><p>One.</p><form hx-post=""></form></div>'));
  assert.deepEqual(processed, [one("form")]);
});

test("other swaps, and an empty answer, are left to htmx", () => {
  const { morph } = open('<form id="form"></form>');
  assert.equal(morph.isInlineSwap("morph"), true);
  assert.equal(morph.isInlineSwap("none"), false);
  assert.equal(morph.handleSwap("none", one("#form"), fragment("<b></b>")), false);
  assert.equal(morph.handleSwap("morph", one("#form"), fragment("")), false);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { connectDigits } from "../src/jury-digits";
import { all, one, openPage, press } from "./stage/page";

const radio = (name: string, value: number, checked: boolean): string => `<input type="radio" name="${name}" value="${value}"${checked ? " checked" : ""}>`;
const criterion = (name: string, mark?: number): string =>
  `<fieldset><legend>${name}</legend>${[0, 1, 2, 3].map((value) => radio(name, value, value === mark)).join("")}</fieldset>`;

function openCard(rest = "<p>Words</p><textarea></textarea>"): { inputs: string[] } {
  openPage(`<form>${criterion("impact")}<p>Between</p>${criterion("reach", 2)}${rest}<p data-keys hidden></p></form>`);
  const form = one<HTMLFormElement>("form");
  const inputs: string[] = [];
  form.addEventListener("input", (event) => inputs.push((event.target as HTMLInputElement).name));
  connectDigits(form);
  one("[name=impact]").focus();
  return { inputs };
}

const focused = (): Element => document.activeElement!;
const marks = (): string[] => all<HTMLInputElement>("input:checked").map((input) => `${input.name} ${input.value}`);

test("the hint about the keys appears only where they work", () => {
  openCard();

  assert.equal(one("[data-keys]").hidden, false);
});

test("a digit sets the mark, tells the form and goes to the chosen mark of the next criterion", () => {
  const { inputs } = openCard();

  const event = press(focused(), "3");

  assert.equal(event.defaultPrevented, true);
  assert.deepEqual(marks(), ["impact 3", "reach 2"]);
  assert.deepEqual(inputs, ["impact"]);
  assert.equal(focused(), one('[name=reach][value="2"]'));
});

test("the next criterion without a mark is entered at its first", () => {
  openCard(`${criterion("openness")}<textarea></textarea>`);
  one('[name=reach][value="2"]').focus();

  press(focused(), "0");

  assert.equal(focused(), one('[name=openness][value="0"]'));
});

test("after the last criterion comes the comment", () => {
  openCard();
  press(focused(), "1");

  press(focused(), "0");

  assert.deepEqual(marks(), ["impact 1", "reach 0"]);
  assert.equal(focused(), one("textarea"));
});

test("a form without a comment keeps the focus at the end", () => {
  openCard("");
  press(focused(), "1");

  press(focused(), "0");

  assert.deepEqual(marks(), ["impact 1", "reach 0"]);
  assert.equal(focused(), one('[name=reach][value="2"]'));
});

test("keys that are no mark do what they always do", () => {
  const { inputs } = openCard();

  for (const key of ["4", "9", "a", "Tab", "ArrowDown"]) assert.equal(press(focused(), key).defaultPrevented, false);

  assert.deepEqual(inputs, []);
  assert.equal(focused(), one("[name=impact]"));
});

for (const modifier of ["ctrlKey", "metaKey", "altKey"]) {
  test(`${modifier} with a digit is the browser's`, () => {
    const { inputs } = openCard();

    assert.equal(press(focused(), "1", { [modifier]: true }).defaultPrevented, false);
    assert.deepEqual(inputs, []);
  });
}

test("digits in the comment are text", () => {
  const { inputs } = openCard();
  one("textarea").focus();

  assert.equal(press(focused(), "1").defaultPrevented, false);
  assert.deepEqual(inputs, []);
});

test("digits in a line of text among the marks are text", () => {
  const { inputs } = openCard('<fieldset><input name="why"><input type="radio" name="last" value="1"></fieldset>');
  one("[name=why]").focus();

  assert.equal(press(focused(), "1").defaultPrevented, false);
  assert.deepEqual(inputs, []);
});

test("a radio outside every criterion is left alone", () => {
  openCard('<input type="radio" name="other" value="1"><textarea></textarea>');
  one("[name=other]").focus();

  assert.equal(press(focused(), "1").defaultPrevented, false);
});

test("two digits quickly make a mark from 10, and a lone one waits before the focus goes on", async () => {
  const { clock } = openPage(`<form><fieldset>${[1, 2, 10, 12].map((value) => radio("impact", value, false)).join("")}</fieldset>${criterion("reach")}</form>`);
  connectDigits(one<HTMLFormElement>("form"));
  one("[name=impact]").focus();

  press(focused(), "1");
  press(focused(), "2");
  assert.deepEqual([marks(), focused()], [["impact 12"], one("[name=reach]")]);

  one("[name=impact]").focus();
  press(focused(), "1");
  assert.deepEqual(marks(), ["impact 1"]);
  await clock.pass(800);
  assert.equal(focused(), one("[name=reach]"));
});

test("U takes the last mark back, J and K go to the next criterion and to the one before", () => {
  openCard();
  press(focused(), "3");
  press(focused(), "u");
  assert.deepEqual([marks(), focused()], [["reach 2"], one('[name=impact][value="3"]')]);

  press(focused(), "j");
  assert.equal(focused(), one('[name=reach][value="2"]'));
  press(focused(), "k");
  assert.equal(focused(), one("[name=impact]"));
});

test("S hands the card in and N skips, but not while a text is written", () => {
  openCard('<textarea></textarea><button type="button" name="submit"></button><a href="#next" data-skip></a>');
  const pressed: string[] = [];
  for (const selector of ["[name=submit]", "[data-skip]"]) one(selector).addEventListener("click", () => pressed.push(selector));

  press(focused(), "s");
  press(focused(), "n");
  press(one("textarea"), "s");
  assert.deepEqual(pressed, ["[name=submit]", "[data-skip]"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answer } from "../src/scan-server";
import { VerdictScreen } from "../src/scan-verdict";
import { all, click, one, openPage, press } from "./stage/page";
import { giveSound } from "./stage/sounds";

const PAGE = `
  <header>Head</header><form><input></form>
  <section id="verdict" hidden>
    ${["whose", "word", "who", "what", "detail", "advice"].map((part) => `<p data-part="${part}">old</p>`).join("")}
    <form data-part="switch" data-unsure="Right list?" hidden><b data-part="switch-reason"></b><button name="list" data-part="switch-button"></button></form>
    <button data-part="undo" hidden>Take back</button><button data-part="retry" hidden>Try again</button><a data-part="go" hidden>Sign in</a>
    <a class="verdict-next" href="/scan/door/">Next person</a>
  </section>
  <p data-part="live"></p>`;

const YES: Answer = { tone: "yes", word: "Welcome", who: "Ines Camera", what: "Village day", detail: "", advice: "", holds: false };
const NO: Answer = { ...YES, tone: "no", word: "Cancelled", detail: "On 1 May", advice: "To the desk.", holds: true };

function openScreen(): ReturnType<typeof openPage> & { screen: VerdictScreen; told: string[]; buzzes: number[][] } {
  const page = openPage(PAGE);
  const { buzzes } = giveSound();
  const screen = new VerdictScreen(one("#verdict"), one("[data-part=live]"));
  const told: string[] = [];
  screen.onDone = () => told.push("done");
  screen.onRetry = () => told.push("retry");
  screen.onUndo = () => told.push("undo");
  return { ...page, screen, told, buzzes };
}

const words = (): (string | null)[] => all("#verdict p").map((part) => part.textContent);

test("a verdict fills the screen, its colour, the sound and what is read aloud", () => {
  const { screen, buzzes } = openScreen();

  screen.show(NO);

  assert.equal(screen.isOpen, true);
  assert.equal(one("#verdict").hidden, false);
  assert.equal(screen.tone, "no");
  assert.deepEqual(words(), ["", "Cancelled", "Ines Camera", "Village day", "On 1 May", "To the desk."]);
  assert.equal(one("[data-part=live]").textContent, "Cancelled. Ines Camera. On 1 May. To the desk.");
  assert.deepEqual(buzzes, [[400]]);
});

test("what a verdict leaves open is empty, not left over from the last one", () => {
  const { screen } = openScreen();
  screen.show(NO);

  screen.show(YES);

  assert.deepEqual(words(), ["", "Welcome", "Ines Camera", "Village day", "", ""]);
  assert.equal(one("[data-part=live]").textContent, "Welcome. Ines Camera");
});

test("a name is text, never markup", () => {
  const { screen } = openScreen();

  screen.show({ ...YES, who: "<img src=x> & Co" });

  assert.equal(one("[data-part=who]").textContent, "<img src=x> & Co");
  assert.deepEqual(all("img"), []);
});

test("a plain yes goes by itself", async () => {
  const { clock, screen, told } = openScreen();
  screen.show(YES);

  await clock.pass(1_199);
  assert.equal(screen.isOpen, true);
  await clock.pass(1);

  assert.equal(screen.isOpen, false);
  assert.deepEqual(told, ["done"]);
  assert.equal(one("[data-part=live]").textContent, "");
});

test("anything else stays until somebody goes on", async () => {
  const { clock, screen, told } = openScreen();
  screen.show(NO);

  await clock.pass(600_000);
  assert.equal(screen.isOpen, true);
  const event = click(".verdict-next");

  assert.equal(event.defaultPrevented, true);
  assert.equal(screen.isOpen, false);
  assert.deepEqual(told, ["done"]);
});

test("a no that follows a yes is not taken away by the yes's end", async () => {
  const { clock, screen } = openScreen();
  screen.show(YES);
  await clock.pass(1_000);

  screen.show(NO);
  await clock.pass(600_000);

  assert.equal(screen.isOpen, true);
});

test("a yes that was closed by hand does not close the next one early", async () => {
  const { clock, screen, told } = openScreen();
  screen.show(YES);
  await clock.pass(1_000);
  screen.hide();
  screen.show(YES);

  await clock.pass(1_199);

  assert.equal(screen.isOpen, true);
  assert.deepEqual(told, ["done"]);
});

test("Escape goes on; other keys do not, nor Escape on a closed screen", () => {
  const { screen, told } = openScreen();
  press(document.body, "Escape");
  screen.show(NO);

  press(document.body, "a");
  assert.equal(screen.isOpen, true);
  press(document.body, "Escape");

  assert.equal(screen.isOpen, false);
  assert.deepEqual(told, ["done"]);
});

test("hiding a closed screen tells nobody", () => {
  const { screen, told } = openScreen();

  screen.hide();

  assert.deepEqual(told, []);
});

test("while it is open nothing behind it can be reached, except what is read aloud", () => {
  const { screen } = openScreen();
  const reachable = (): string[] => [...document.body.children].filter((child) => !child.hasAttribute("inert")).map((child) => child.localName);

  screen.show(NO);
  assert.deepEqual(reachable(), ["section", "p"]);

  screen.hide();
  assert.deepEqual(reachable(), ["header", "form", "section", "p"]);
});

test("the focus is on the way on, and what else there is stands beside it", () => {
  const { screen, told } = openScreen();
  const shown = (): string[] => ["retry", "undo", "go", "switch"].filter((name) => !one(`[data-part=${name}]`).hidden);

  screen.show(NO);
  assert.deepEqual(shown(), []);
  assert.equal(document.activeElement, one(".verdict-next"));

  screen.show(NO, { canRetry: true, canUndo: true, canGo: true, offersSwitch: true });
  assert.deepEqual(shown(), ["retry", "undo", "go", "switch"]);
  assert.equal(document.activeElement, one(".verdict-next"));
  click("[data-part=retry]");
  click("[data-part=undo]");
  assert.deepEqual(told, ["retry", "undo"]);
  assert.equal(screen.isOpen, true);
});

test("another list is offered by name, or the question whether this is the right one", () => {
  const { screen } = openScreen();
  const button = one<HTMLButtonElement>("[data-part=switch-button]");

  screen.show({ ...NO, switch: { list: 9, reason: "This list is for Tuesday.", button: "Switch to “Wednesday”" } }, { offersSwitch: true });
  assert.deepEqual([button.hidden, button.value, button.textContent], [false, "9", "Switch to “Wednesday”"]);
  assert.equal(one("[data-part=switch-reason]").textContent, "This list is for Tuesday.");

  screen.show(NO, { offersSwitch: true });
  assert.deepEqual([button.hidden, one("[data-part=switch-reason]").textContent], [true, "Right list?"]);
});

test("a late answer says whose it is, and stays, even a yes", async () => {
  const { clock, screen } = openScreen();

  screen.show(YES, { whose: "Scan of 10:42" });
  await clock.pass(60_000);

  assert.deepEqual(words().slice(0, 2), ["Scan of 10:42", "Welcome"]);
  assert.equal(one("[data-part=live]").textContent, "Scan of 10:42. Welcome. Ines Camera");
});

test("a screen that only waits on makes no second sound", () => {
  const { screen, buzzes } = openScreen();

  screen.show(NO, { isQuiet: true });

  assert.deepEqual(buzzes, []);
});

test("a screen that makes place for the next scan tells nobody", () => {
  const { screen, told } = openScreen();
  screen.clear();
  screen.show(NO);

  screen.clear();

  assert.equal(screen.isOpen, false);
  assert.deepEqual(told, []);
});

test("a screen nobody listens to still opens and closes", () => {
  openPage(PAGE);
  giveSound();
  const screen = new VerdictScreen(one("#verdict"), one("[data-part=live]"));
  assert.equal(screen.tone, "");

  screen.show(NO, { canRetry: true });
  click("[data-part=retry]");
  click("[data-part=undo]");
  screen.hide();

  assert.equal(screen.isOpen, false);
});

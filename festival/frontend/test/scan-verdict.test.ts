import assert from "node:assert/strict";
import { test } from "node:test";
import type { Answer } from "../src/scan-server";
import { VerdictScreen } from "../src/scan-verdict";
import { all, click, one, openPage, press } from "./stage/page";
import { giveSound } from "./stage/sounds";

const PAGE = `
  <header>Head</header><form><input></form>
  <section id="verdict" hidden>
    ${["word", "who", "what", "detail", "advice"].map((part) => `<p data-part="${part}">old</p>`).join("")}
    <a class="verdict-next" href="/scan/door/">Next person</a><button data-part="retry" hidden>Try again</button>
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
  return { ...page, screen, told, buzzes };
}

const words = (): (string | null)[] => all("#verdict p").map((part) => part.textContent);

test("a verdict fills the screen, its colour, the sound and what is read aloud", () => {
  const { screen, buzzes } = openScreen();

  screen.show(NO, { canRetry: false });

  assert.equal(screen.isOpen, true);
  assert.equal(one("#verdict").hidden, false);
  assert.equal(screen.tone, "no");
  assert.deepEqual(words(), ["Cancelled", "Ines Camera", "Village day", "On 1 May", "To the desk."]);
  assert.equal(one("[data-part=live]").textContent, "Cancelled. Ines Camera. On 1 May. To the desk.");
  assert.deepEqual(buzzes, [[400]]);
});

test("what a verdict leaves open is empty, not left over from the last one", () => {
  const { screen } = openScreen();
  screen.show(NO, { canRetry: false });

  screen.show(YES, { canRetry: false });

  assert.deepEqual(words(), ["Welcome", "Ines Camera", "Village day", "", ""]);
  assert.equal(one("[data-part=live]").textContent, "Welcome. Ines Camera");
});

test("a name is text, never markup", () => {
  const { screen } = openScreen();

  screen.show({ ...YES, who: "<img src=x> & Co" }, { canRetry: false });

  assert.equal(one("[data-part=who]").textContent, "<img src=x> & Co");
  assert.deepEqual(all("img"), []);
});

test("a plain yes goes by itself", async () => {
  const { clock, screen, told } = openScreen();
  screen.show(YES, { canRetry: false });

  await clock.pass(1_199);
  assert.equal(screen.isOpen, true);
  await clock.pass(1);

  assert.equal(screen.isOpen, false);
  assert.deepEqual(told, ["done"]);
  assert.equal(one("[data-part=live]").textContent, "");
});

test("anything else stays until somebody goes on", async () => {
  const { clock, screen, told } = openScreen();
  screen.show(NO, { canRetry: false });

  await clock.pass(600_000);
  assert.equal(screen.isOpen, true);
  const event = click(".verdict-next");

  assert.equal(event.defaultPrevented, true);
  assert.equal(screen.isOpen, false);
  assert.deepEqual(told, ["done"]);
});

test("a no that follows a yes is not taken away by the yes's end", async () => {
  const { clock, screen } = openScreen();
  screen.show(YES, { canRetry: false });
  await clock.pass(1_000);

  screen.show(NO, { canRetry: false });
  await clock.pass(600_000);

  assert.equal(screen.isOpen, true);
});

test("a yes that was closed by hand does not close the next one early", async () => {
  const { clock, screen, told } = openScreen();
  screen.show(YES, { canRetry: false });
  await clock.pass(1_000);
  screen.hide();
  screen.show(YES, { canRetry: false });

  await clock.pass(1_199);

  assert.equal(screen.isOpen, true);
  assert.deepEqual(told, ["done"]);
});

test("Escape goes on; other keys do not, nor Escape on a closed screen", () => {
  const { screen, told } = openScreen();
  press(document.body, "Escape");
  screen.show(NO, { canRetry: false });

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

  screen.show(NO, { canRetry: false });
  assert.deepEqual(reachable(), ["section", "p"]);

  screen.hide();
  assert.deepEqual(reachable(), ["header", "form", "section", "p"]);
});

test("the focus is on the way on, or on trying again where that helps", () => {
  const { screen, told } = openScreen();

  screen.show(NO, { canRetry: false });
  assert.equal(one("[data-part=retry]").hidden, true);
  assert.equal(document.activeElement, one(".verdict-next"));

  screen.show(NO, { canRetry: true });
  assert.equal(one("[data-part=retry]").hidden, false);
  assert.equal(document.activeElement, one("[data-part=retry]"));
  click("[data-part=retry]");
  assert.deepEqual(told, ["retry"]);
  assert.equal(screen.isOpen, true);
});

test("a screen nobody listens to still opens and closes", () => {
  openPage(PAGE);
  giveSound();
  const screen = new VerdictScreen(one("#verdict"), one("[data-part=live]"));
  assert.equal(screen.tone, "");

  screen.show(NO, { canRetry: true });
  click("[data-part=retry]");
  screen.hide();

  assert.equal(screen.isOpen, false);
});

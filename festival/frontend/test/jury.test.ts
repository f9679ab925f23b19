import assert from "node:assert/strict";
import { test } from "node:test";
import { one, openPage, press, send, type } from "./stage/page";

test("loading the script connects digits, saving and the question on leaving, and goes to what is wrong", async () => {
  const { clock, network } = openPage(`
    <form data-behavior="scorecard" data-user="7" data-card="1" data-state="/draft/" data-autosave>
      <div class="error-summary" tabindex="-1"></div><input type="hidden" name="version" value="0">
      <fieldset><input type="radio" name="mark-impact" value="1"></fieldset><textarea></textarea><p data-saved></p>
    </form>
    <form data-behavior="scorecard" data-locked id="locked"><textarea></textarea></form>
    <form data-behavior="scorecard" data-user="7" data-card="2" id="handed-in"><textarea></textarea></form>
    <section data-behavior="kept" data-user="7" data-card="3" hidden></section>
    <form data-behavior="sign-out" data-user="7"></form>`);
  const asks = (): boolean => send(window, "beforeunload").defaultPrevented;

  await import("../src/jury");
  assert.equal(document.activeElement, one(".error-summary"));
  type("#locked textarea", "not possible");
  assert.equal(asks(), false);

  network.answers({ message: "Draft saved.", version: 1 });
  press(one("[name=mark-impact]"), "1");
  assert.equal(asks(), true);
  await clock.pass(900);
  assert.equal(one("[data-saved]").textContent, "Draft saved.");
  assert.equal(asks(), false);

  type("#handed-in textarea", "a change to a card that was handed in");
  assert.equal(asks(), true);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { one, openPage, press, send, type } from "./stage/page";

test("loading the script connects digits, drafts and the question on leaving, and goes to what is wrong", async () => {
  const { clock, network } = openPage(`
    <form data-behavior="scorecard" data-autosave="/autosave/">
      <div class="error-summary" tabindex="-1"></div>
      <fieldset><input type="radio" name="mark" value="1"></fieldset><textarea></textarea><p data-saved></p>
    </form>
    <form data-behavior="scorecard" id="handed-in"><textarea></textarea></form>`);
  const asks = (): boolean => send(window, "beforeunload").defaultPrevented;

  await import("../src/jury");
  assert.equal(document.activeElement, one(".error-summary"));
  assert.equal(asks(), false);

  network.answers({ message: "Draft saved." });
  press(one("[name=mark]"), "1");
  assert.equal(asks(), true);
  await clock.pass(900);
  assert.equal(one("[data-saved]").textContent, "Draft saved.");
  assert.equal(asks(), false);

  type("#handed-in textarea", "a change to a card that was handed in");
  assert.equal(asks(), true);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { DOOR } from "./stage/door";
import { click, one, openPage } from "./stage/page";
import { giveSound } from "./stage/sounds";

test("loading the script connects the door, and the first tap gives it a voice", async () => {
  openPage(DOOR);
  const sound = giveSound();

  await import("../src/scan");

  assert.equal(one("[data-part=finder]").hidden, false);
  assert.equal(sound.loudspeakers, 0);
  click("[data-part=start]");
  assert.equal(sound.loudspeakers, 1);
});

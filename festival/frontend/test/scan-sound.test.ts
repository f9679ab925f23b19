import assert from "node:assert/strict";
import { test } from "node:test";
import { play, unlockSound, type Tone } from "../src/scan-sound";
import { openPage } from "./stage/page";
import { giveSound } from "./stage/sounds";

const TONES: Tone[] = ["yes", "out", "again", "no", "question", "offline"];

// One test, because the browser's permission to sound lasts as long as the script.
test("a verdict is felt at once, and heard from the first tap that the browser accepts", () => {
  openPage("");
  const early = giveSound({ wakes: false });
  play("yes");
  unlockSound();
  play("yes");
  assert.deepEqual(early.notes, []);
  assert.deepEqual(early.buzzes, [[40], [40]]);

  const later = giveSound();
  unlockSound();
  play("yes");
  assert.deepEqual(later.notes, ["sine 880 10.00-10.09", "sine 1318 10.09-10.23"]);
  assert.deepEqual(later.volumes.slice(0, 3), ["0.0001 at 10.000", "to 0.5 at 10.012", "to 0.0001 at 10.090"]);
  assert.deepEqual([early.loudspeakers, later.loudspeakers], [1, 0]);
});

test("every verdict has its own sound and its own vibration", () => {
  openPage("");
  const { notes, buzzes } = giveSound();
  unlockSound();

  const tunes = TONES.map((tone) => {
    notes.length = 0;
    play(tone);
    return notes.join();
  });

  assert.ok(tunes.every(Boolean));
  assert.equal(new Set(tunes).size, TONES.length);
  assert.equal(new Set(buzzes.map(String)).size, TONES.length);
});

test("a phone that cannot vibrate is no fault", () => {
  openPage("");
  const { notes } = giveSound({ canVibrate: false });
  unlockSound();

  play("offline");

  assert.deepEqual(notes, ["square 330 10.00-10.10"]);
});

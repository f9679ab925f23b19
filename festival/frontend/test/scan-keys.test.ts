import assert from "node:assert/strict";
import { test } from "node:test";
import { listenToReader } from "../src/scan-keys";
import type { Clock } from "./stage/clock";
import { one, openPage, press } from "./stage/page";

function openDoor(): { codes: string[]; heard: string[]; clock: Clock } {
  const { clock } = openPage('<input><textarea></textarea><button>Next</button>');
  const codes: string[] = [];
  const heard: string[] = [];
  listenToReader((code) => codes.push(code));
  window.addEventListener("keydown", (event) => heard.push(event.code));
  return { codes, heard, clock };
}

/** Press physical keys, a few milliseconds after each other; the last event comes back. */
function typeKeys(keys: string[], { pause = 5, signs = "", from = 10_000, target = document.body as Element } = {}): KeyboardEvent {
  return keys.map((code, index) => press(target, signs[index] ?? "Unidentified", { code, at: from + index * pause })).at(-1)!;
}

const CODE = ["KeyA", "KeyB", "Digit1", "Digit2", "Numpad3", "KeyZ"];

for (const end of ["Enter", "NumpadEnter", "Tab"]) {
  test(`a burst that ends with ${end} is a code, and the key does nothing else`, () => {
    const { codes, heard } = openDoor();

    const last = typeKeys([...CODE, end]);

    assert.deepEqual(codes, ["AB123Z"]);
    assert.equal(last.defaultPrevented, true);
    assert.deepEqual(heard, CODE);
  });
}

test("the physical key counts, not what the phone's layout makes of it", () => {
  const { codes } = openDoor();

  for (const [index, [key, code]] of [["q", "KeyA"], ["&", "Digit1"], ["é", "Digit2"], ["w", "KeyZ"], [",", "KeyM"], ["a", "KeyQ"], ["Enter", "Enter"]].entries()) {
    press(document.body, key!, { code: code!, at: 10_000 + index });
  }

  assert.deepEqual(codes, ["A12ZMQ"]);
});

test("keys that write nothing leave no trace in the code", () => {
  const { codes } = openDoor();

  typeKeys(["ShiftLeft", "KeyA", "KeyB", "Minus", "KeyC", "KeyD", "KeyE", "CapsLock", "KeyF", "F10", "Enter"]);

  assert.deepEqual(codes, ["AB-CDEF"]);
});

test("a slow reader is one too: up to 299 milliseconds a key, as nobody types outside of a field", () => {
  for (const [pause, told] of [[299, 1], [300, 0]] as const) {
    const { codes } = openDoor();

    const last = typeKeys([...CODE, "Enter"], { pause });

    assert.deepEqual([codes.length, last.defaultPrevented], [told, told === 1]);
  }
});

test("a reader of French keys on a French phone: the signs are right, the keys are not", () => {
  const { codes } = openDoor();
  const code = "0FKRPDB3";

  typeKeys([...code].map((sign) => (sign === "A" ? "KeyQ" : sign === "Q" ? "KeyA" : /\d/.test(sign) ? `Digit${sign}` : `Key${sign}`)).concat("Enter"), { signs: code });

  assert.deepEqual(codes, [code]);
});

test("a reader that sends no end is heard when it stops", async () => {
  const { clock, codes } = openDoor();

  typeKeys([...CODE, "KeyQ", "KeyR"]);
  await clock.pass(299);
  assert.deepEqual(codes, []);
  await clock.pass(1);

  assert.deepEqual(codes, ["AB123ZQR"]);
});

for (const code of ["KeyJ", "KeyM"]) {
  test(`an end of line sent as a control character (${code}) ends the code`, () => {
    const { codes } = openDoor();

    typeKeys(CODE);
    const last = press(document.body, code.at(-1)!.toLowerCase(), { code, ctrlKey: true, at: 10_030 });

    assert.deepEqual([codes, last.defaultPrevented], [["AB123Z"], true]);
  });
}

test("the bracket of an AIM identifier is kept", () => {
  const { codes } = openDoor();

  typeKeys(["BracketRight", "KeyQ", "Digit1", ...CODE, "Enter"]);

  assert.deepEqual(codes, ["]Q1AB123Z"]);
});

test("what a hand typed before does not stick to the code", () => {
  const { codes } = openDoor();

  typeKeys(["KeyX", "KeyX"], { pause: 400, from: 5_000 });
  typeKeys([...CODE, "Enter"]);

  assert.deepEqual(codes, ["AB123Z"]);
});

test("too short a burst is no code, and its Enter stays the page's", () => {
  const { codes } = openDoor();

  const last = typeKeys(["KeyA", "KeyB", "KeyC", "KeyD", "KeyE", "Enter"]);

  assert.deepEqual(codes, []);
  assert.equal(last.defaultPrevented, false);
});

test("two codes after each other are two codes", () => {
  const { codes } = openDoor();

  typeKeys([...CODE, "Enter", ...[...CODE].reverse(), "Enter"]);

  assert.deepEqual(codes, ["AB123Z", "Z321BA"]);
});

test("a code that ends with Enter and Tab is told once", () => {
  const { codes } = openDoor();

  typeKeys([...CODE, "Enter", "Tab"]);

  assert.deepEqual(codes, ["AB123Z"]);
});

for (const field of ["input", "textarea"]) {
  test(`in ${field === "input" ? "an" : "a"} ${field} the keys belong to the field`, () => {
    const { codes } = openDoor();

    const last = typeKeys([...CODE, "Enter"], { target: one(field) });

    assert.deepEqual(codes, []);
    assert.equal(last.defaultPrevented, false);
  });
}

test("a focused button does not keep the reader out, nor does Enter press it", () => {
  const { codes } = openDoor();
  const pressed: string[] = [];
  one("button").addEventListener("keydown", (event) => pressed.push(event.code));

  const last = typeKeys([...CODE, "Enter"], { target: one("button") });

  assert.deepEqual(codes, ["AB123Z"]);
  assert.deepEqual(pressed, CODE);
  assert.equal(last.defaultPrevented, true);
});

for (const modifier of ["ctrlKey", "altKey", "metaKey"]) {
  test(`shortcuts with ${modifier} are not part of a code`, () => {
    const { codes } = openDoor();

    typeKeys(["KeyA", "KeyB", "KeyC"]);
    press(document.body, "r", { code: "KeyR", at: 10_012, [modifier]: true });
    typeKeys(["KeyD", "KeyE", "KeyF", "Enter"], { from: 10_015 });

    assert.deepEqual(codes, ["ABCDEF"]);
  });
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { Camera } from "../src/scan-camera";
import { one, openPage, place, send, settle, setVisible } from "./stage/page";
import { givePhone } from "./stage/cameras";

const TWO = { back: "Back camera", wide: "Back Ultra Wide camera", front: "Front camera" };
const LENS = "kermesse.door.lens";

function openCamera(cameras: Record<string, string> = TWO, options: Parameters<typeof givePhone>[1] = {}) {
  const page = openPage("<video></video>");
  const phone = givePhone(cameras, options);
  const camera = new Camera(one<HTMLVideoElement>("video"));
  const troubles: string[] = [];
  let changes = 0;
  camera.onTrouble = (trouble) => troubles.push(trouble);
  camera.onChange = () => (changes += 1);
  return { ...page, phone, camera, troubles, changes: () => changes };
}

const refusal = (name: string): DOMException => new DOMException("", name);

test("the camera that looks away from the person is opened, large, shown and kept awake", async () => {
  const { camera, phone, troubles, changes } = openCamera();

  assert.equal(await camera.start(), true);

  assert.deepEqual(phone.asked, [{ width: { ideal: 1920 }, height: { ideal: 1080 }, facingMode: { ideal: "environment" } }]);
  assert.equal(phone.video.paused, false);
  assert.ok(phone.video.srcObject);
  assert.equal(phone.locks.length, 1);
  assert.deepEqual(troubles, []);
  assert.equal(changes(), 1);
});

test("lenses that read small codes badly come last", async () => {
  const { camera } = openCamera({ u: "Ultra Wide", t: "Telephoto", a: "Back camera", z: "0,5x", b: "Front camera" });

  await camera.start();

  assert.deepEqual(camera.lenses.map(({ deviceId }) => deviceId), ["a", "b", "u", "t", "z"]);
});

for (const [name, trouble] of [
  ["NotAllowedError", "denied"], ["SecurityError", "denied"], ["NotFoundError", "missing"], ["OverconstrainedError", "missing"],
  ["NotReadableError", "busy"], ["AbortError", "busy"],
] as const) {
  test(`${name} is told as ${trouble}, and a second try may succeed`, async () => {
    const { camera, phone, troubles } = openCamera();
    phone.refusals.push(refusal(name));

    assert.equal(await camera.start(), false);
    assert.deepEqual(troubles, [trouble]);
    assert.equal(await camera.start(), true);
  });
}

test("what is no DOMException counts as busy", async () => {
  const { camera, phone, troubles } = openCamera();
  phone.refusals.push(new TypeError("odd"));

  await camera.start();

  assert.deepEqual(troubles, ["busy"]);
});

test("a browser without cameras, or a page without https, is told as missing", async () => {
  const { camera, troubles } = openCamera();
  Reflect.deleteProperty(navigator, "mediaDevices");

  assert.equal(await camera.start(), false);
  assert.deepEqual(troubles, ["missing"]);
});

test("a camera that was refused is not asked for again by itself", async () => {
  const { camera, clock, phone } = openCamera();
  phone.refusals.push(refusal("NotAllowedError"));
  await camera.start();

  await clock.pass(60_000);
  send(window, "focus");
  await settle();

  assert.equal(phone.asked.length, 1);
});

test("before the start nothing is opened", async () => {
  const { clock, phone } = openCamera();

  await clock.pass(60_000);
  send(window, "focus");
  await settle();

  assert.deepEqual(phone.asked, []);
});

test("tapping through the lenses goes round, stops the old one and is remembered", async () => {
  const { camera, phone } = openCamera({ back: "Back", front: "Front" });
  await camera.start();

  await camera.nextLens();
  assert.equal(phone.current().deviceId, "front");
  assert.equal(phone.tracks[0]!.readyState, "ended");
  assert.equal(localStorage.getItem(LENS), "front");

  await camera.nextLens();
  assert.equal(phone.current().deviceId, "back");
  assert.equal(localStorage.getItem(LENS), "back");
});

test("the remembered lens is asked for at the next start", async () => {
  const { camera, phone } = openCamera();
  localStorage.setItem(LENS, "wide");

  await camera.start();

  assert.equal(phone.current().deviceId, "wide");
  assert.equal(phone.asked.length, 1);
});

test("a remembered lens that is gone is forgotten and the usual one opened", async () => {
  const { camera, phone, troubles } = openCamera();
  localStorage.setItem(LENS, "sold");

  assert.equal(await camera.start(), true);

  assert.equal(phone.current().deviceId, "back");
  assert.equal(localStorage.getItem(LENS), null);
  assert.deepEqual(troubles, []);
});

test("without lenses the next lens is none", async () => {
  const { camera, phone } = openCamera();

  await camera.nextLens();

  assert.deepEqual(phone.asked, []);
});

test("the light is offered where there is one, and switches", async () => {
  const { camera, phone, changes } = openCamera(TWO, { torch: true });
  await camera.start();
  assert.equal(camera.hasTorch, true);

  await camera.setTorch(true);
  assert.deepEqual([phone.current().torch, camera.torch, changes()], [true, true, 2]);
  await camera.setTorch(false);
  assert.deepEqual([phone.current().torch, camera.torch, changes()], [false, false, 3]);
});

test("the light stays on through a change of lens", async () => {
  const { camera, phone } = openCamera(TWO, { torch: true });
  await camera.start();
  await camera.setTorch(true);

  await camera.nextLens();

  assert.equal(phone.tracks.length, 2);
  assert.equal(phone.current().torch, true);
});

test("a camera without light has none to offer", async () => {
  const { camera, phone } = openCamera();
  place("getCapabilities", undefined, (await camera.start(), phone.current()));
  await camera.nextLens();

  assert.equal(camera.hasTorch, false);
});

test("a camera taken by a call comes back when it is free", async () => {
  const { camera, phone, troubles } = openCamera();
  await camera.start();

  phone.current().end();
  await settle();

  assert.equal(phone.tracks.length, 2);
  assert.equal(phone.current().readyState, "live");
  assert.deepEqual(troubles, []);
});

test("a track that ended silently is noticed within a second", async () => {
  const { camera, clock, phone } = openCamera(TWO, { frames: false });
  await camera.start();
  phone.current().stop();

  await clock.pass(1_000);

  assert.equal(phone.tracks.length, 2);
});

test("a picture that froze is opened again, one that moves is left alone", async () => {
  const { camera, clock, phone } = openCamera();
  await camera.start();
  for (let second = 0; second < 10; second += 1) {
    phone.frame();
    await clock.pass(1_000);
  }
  assert.equal(phone.tracks.length, 1);

  await clock.pass(2_000);

  assert.equal(phone.tracks.length, 2);
});

test("a camera that has just been opened gets its time for the first frame", async () => {
  const { camera, clock, phone } = openCamera();
  await clock.pass(60_000);
  await camera.start();

  await clock.pass(2_000);
  assert.equal(phone.tracks.length, 1);
  await clock.pass(1_000);
  assert.equal(phone.tracks.length, 2);
  await clock.pass(2_000);
  assert.equal(phone.tracks.length, 2);
});

test("where frames cannot be watched nothing counts as frozen", async () => {
  const { camera, clock, phone } = openCamera(TWO, { frames: false });
  await camera.start();

  await clock.pass(60_000);

  assert.equal(phone.tracks.length, 1);
});

test("a paused picture plays on", async () => {
  const { camera, phone } = openCamera();
  await camera.start();
  phone.video.paused = true;

  send(window, "pageshow");
  await settle();

  assert.equal(phone.video.paused, false);
  assert.equal(phone.tracks.length, 1);
});

test("a picture that must not play yet is no fault", async () => {
  const { camera, clock, phone, troubles } = openCamera(TWO, { frames: false });
  await camera.start();
  phone.video.paused = true;
  place("play", () => Promise.reject(new DOMException("", "NotAllowedError")), one("video"));

  await clock.pass(1_000);

  assert.deepEqual(troubles, []);
});

test("in the pocket nothing is opened; back in the hand at once", async () => {
  const { camera, clock, phone } = openCamera(TWO, { frames: false });
  await camera.start();
  setVisible(false);
  phone.current().end();
  await clock.pass(60_000);
  assert.equal(phone.tracks.length, 1);

  setVisible(true);
  send(document, "visibilitychange");
  await settle();

  assert.equal(phone.tracks.length, 2);
});

test("the screen is kept awake again after the system let it sleep", async () => {
  const { camera, clock, phone } = openCamera(TWO, { frames: false });
  await camera.start();
  await clock.pass(3_000);
  assert.equal(phone.locks.length, 1);

  phone.locks[0]!.released = true;
  await clock.pass(1_000);

  assert.equal(phone.locks.length, 2);
});

test("a phone that cannot stay awake, or refuses to, scans all the same", async () => {
  const without = openCamera(TWO, { awake: false });
  assert.equal(await without.camera.start(), true);

  const refusing = openCamera();
  place("wakeLock", { request: () => Promise.reject(new DOMException("", "NotAllowedError")) }, navigator);
  assert.equal(await refusing.camera.start(), true);
});

test("two taps on start open one camera", async () => {
  const { camera, phone } = openCamera();

  await Promise.all([camera.start(), camera.start()]);

  assert.equal(phone.asked.length, 1);
});

test("a camera that nobody listens to still opens, and fails without a fault", async () => {
  openPage("<video></video>");
  const phone = givePhone(TWO);
  phone.refusals.push(refusal("NotAllowedError"));
  const camera = new Camera(one<HTMLVideoElement>("video"));

  assert.equal(await camera.start(), false);
  assert.equal(await camera.start(), true);
});

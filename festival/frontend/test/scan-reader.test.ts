import assert from "node:assert/strict";
import { test } from "node:test";
import { Reader } from "../src/scan-reader";
import { film, giveDecoder } from "./stage/decoder";
import { one, openPage, place, setVisible, settle } from "./stage/page";

function openReader() {
  const page = openPage("<video></video>");
  const decoder = giveDecoder();
  const video = one<HTMLVideoElement>("video");
  film(video, [1920, 1080]);
  const reader = new Reader(video, "/worker.js", "/decoder.wasm");
  const told: string[][] = [];
  let broken = 0;
  reader.onCodes = (codes) => told.push(codes);
  reader.onBroken = () => (broken += 1);
  /** Let the decoder answer every frame with these codes for so many seconds; gives the frames a second. */
  const answer = async (seconds: number, codes: string[] = []): Promise<number> => {
    const before = decoder.frames();
    for (let gone = 0, answered = before; gone < seconds * 1_000; gone += 45) {
      await page.clock.pass(45);
      for (; answered < decoder.frames(); answered += 1) decoder.tells({ type: "codes", codes });
    }
    return Math.round((decoder.frames() - before) / seconds);
  };
  return { ...page, decoder, video, reader, told, answer, broken: () => broken };
}

test("the decoder is started with its program, and gets no frame before it is ready", async () => {
  const { clock, decoder } = openReader();

  await clock.pass(5_000);

  assert.equal(decoder.script, "/worker.js");
  assert.deepEqual(decoder.sent, [{ type: "start", decoder: "/decoder.wasm" }]);
});

for (const [size, cut] of [[[1920, 1080], [420, 0, 1080, 1080]], [[1080, 1920], [0, 420, 1080, 1080]]] as const) {
  test(`the square in the middle of ${size.join(" by ")} is looked at`, async () => {
    const { decoder, video } = openReader();
    film(video, [...size]);

    decoder.tells({ type: "ready" });
    await settle();

    assert.deepEqual(decoder.sent[1], { type: "frame", bitmap: { cut: [...cut] } });
  });
}

test("one frame at a time is with the decoder", async () => {
  const { clock, decoder, told } = openReader();
  decoder.tells({ type: "ready" });

  await clock.pass(5_000);
  assert.equal(decoder.frames(), 1);
  decoder.tells({ type: "codes", codes: ["A"] });
  await clock.pass(90);

  assert.equal(decoder.frames(), 2);
  assert.deepEqual(told, [["A"]]);
});

test("about ten frames a second, four once nothing was seen for half a minute, ten again with a code", async () => {
  const { decoder, answer } = openReader();
  decoder.tells({ type: "ready" });

  assert.equal(await answer(9), 11);
  await answer(21);
  assert.equal(await answer(9), 4);
  await answer(1, ["A"]);
  assert.equal(await answer(9), 11);
});

test("while paused no frame goes out, and a code that comes late is dropped", async () => {
  const { clock, decoder, reader, told } = openReader();
  decoder.tells({ type: "ready" });
  await settle();

  reader.paused = true;
  decoder.tells({ type: "codes", codes: ["late"] });
  await clock.pass(5_000);
  assert.equal(decoder.frames(), 1);
  assert.deepEqual(told, []);

  reader.paused = false;
  await clock.pass(90);
  assert.equal(decoder.frames(), 2);
});

test("a page that nobody sees looks at nothing", async () => {
  const { clock, decoder } = openReader();
  setVisible(false);
  decoder.tells({ type: "ready" });

  await clock.pass(5_000);
  assert.equal(decoder.frames(), 0);
  setVisible(true);
  await clock.pass(90);

  assert.equal(decoder.frames(), 1);
});

for (const [name, size, state] of [["no frame yet", [1920, 1080], 1], ["no size yet", [0, 0], 2]] as const) {
  test(`a picture with ${name} is waited for`, async () => {
    const { clock, decoder, video } = openReader();
    film(video, [...size], state);
    decoder.tells({ type: "ready" });
    await clock.pass(1_000);
    assert.equal(decoder.frames(), 0);

    film(video, [640, 480]);
    await clock.pass(90);

    assert.equal(decoder.frames(), 1);
  });
}

test("a frame that cannot be taken does not stop the next", async () => {
  const { clock, decoder } = openReader();
  const works = createImageBitmap;
  place("createImageBitmap", () => Promise.reject(new DOMException("", "InvalidStateError")));
  decoder.tells({ type: "ready" });
  await settle();
  assert.equal(decoder.frames(), 0);

  place("createImageBitmap", works);
  await clock.pass(90);

  assert.equal(decoder.frames(), 1);
});

test("a decoder that cannot start, or dies, is told", () => {
  const { broken, decoder } = openReader();

  decoder.tells({ type: "broken", reason: "no memory" });
  assert.equal(broken(), 1);
  decoder.breaks();
  assert.equal(broken(), 2);
});

test("a reader that nobody listens to goes on", async () => {
  openPage("<video></video>");
  const decoder = giveDecoder();
  film(one<HTMLVideoElement>("video"), [640, 480]);
  new Reader(one<HTMLVideoElement>("video"), "", "");

  decoder.tells({ type: "ready" });
  await settle();
  decoder.tells({ type: "codes", codes: ["A"] });
  decoder.breaks();

  assert.equal(decoder.frames(), 1);
});

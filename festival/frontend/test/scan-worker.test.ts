import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { prepareZXingModule, writeBarcode } from "zxing-wasm/writer";
import type { FromWorker, ToWorker } from "../src/scan-worker";
import { place } from "./stage/page";

/** A picture in grey, one byte a point. */
interface Picture {
  width: number;
  height: number;
  grey: Uint8Array | Uint8ClampedArray;
}

const MARGIN = 40;
const program = (name: string): ArrayBuffer => {
  const bytes = readFileSync(`node_modules/zxing-wasm/dist/${name}`);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
};

/** A worker of its own: what it is sent, what it says, and a canvas that really scales. */
async function startWorker(): Promise<{ ask: (message: ToWorker) => Promise<FromWorker>; drawn: string[] }> {
  const drawn: string[] = [];
  let hear = (_: { data: ToWorker }): void => undefined;
  class FakeCanvas {
    constructor(public width: number, public height: number) {}
    getContext(): object {
      let picture: Picture;
      return {
        drawImage: (source: Picture, ...[, , width, height]: [number, number, number, number]) => {
          drawn.push(`${width} by ${height} on ${this.width} by ${this.height}`);
          picture = source;
        },
        getImageData: (_x: number, _y: number, width: number, height: number) => ({ width, height, data: scaled(picture, width, height) }),
      };
    }
  }
  place("OffscreenCanvas", FakeCanvas);
  place("addEventListener", (_: string, run: typeof hear) => (hear = run));
  await import("../src/scan-worker");
  const ask = (message: ToWorker): Promise<FromWorker> =>
    new Promise((resolve) => {
      place("postMessage", resolve);
      hear({ data: message });
    });
  return { ask, drawn };
}

function scaled({ width: from, height: tall, grey }: Picture, width: number, height: number): Uint8ClampedArray {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const value = grey[Math.floor((y * tall) / height) * from + Math.floor((x * from) / width)]!;
      data.fill(value, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return data;
}

/** A white picture with QR codes of these texts side by side, each point of a code being so many points wide. */
async function pictureOf(texts: string[], point = 4): Promise<Picture> {
  const symbols = await Promise.all(texts.map(async (text) => (await writeBarcode(text, { format: "QRCode" })).symbol));
  const side = Math.max(0, ...symbols.map(({ width }) => width)) * point;
  const [width, height] = [symbols.length * (side + MARGIN) + MARGIN, side + 2 * MARGIN];
  const grey = new Uint8Array(width * height).fill(255);
  symbols.forEach((symbol, index) => {
    for (let y = 0; y < symbol.height * point; y += 1) {
      for (let x = 0; x < symbol.width * point; x += 1) {
        const at = (MARGIN + y) * width + MARGIN + index * (side + MARGIN) + x;
        grey[at] = symbol.data[Math.floor(y / point) * symbol.width + Math.floor(x / point)]!;
      }
    }
  });
  return { width, height, grey };
}

let worker: Awaited<ReturnType<typeof startWorker>>;
let closed = 0;

async function read(picture: Picture): Promise<FromWorker> {
  return worker.ask({ type: "frame", bitmap: { ...picture, close: () => (closed += 1) } as unknown as ImageBitmap });
}

before(async () => {
  await prepareZXingModule({ overrides: { wasmBinary: program("writer/zxing_writer.wasm") }, fireImmediately: true });
  worker = await startWorker();
});

test("a decoder whose program does not come says that it is broken", async ({ mock }) => {
  mock.method(console, "error", () => undefined); // the decoder's own complaints
  place("fetch", () => Promise.reject(new TypeError("Failed to fetch")));

  const { type } = await worker.ask({ type: "start", decoder: "https://fest.example/gone.wasm" });

  assert.equal(type, "broken");
});

test("the decoder takes its program from where it is told, and is ready", async () => {
  const asked: string[] = [];
  place("fetch", (url: string) => {
    asked.push(url);
    return Promise.resolve(new Response(program("reader/zxing_reader.wasm"), { headers: { "Content-Type": "application/wasm" } }));
  });

  assert.deepEqual(await worker.ask({ type: "start", decoder: "https://fest.example/reader.wasm" }), { type: "ready" });
  assert.deepEqual(asked, ["https://fest.example/reader.wasm"]);
});

test("a code in the picture is read, and the picture given back", async () => {
  closed = 0;

  assert.deepEqual(await read(await pictureOf(["7K3F9Q2M"])), { type: "codes", codes: ["7K3F9Q2M"] });
  assert.equal(closed, 1);
});

test("two codes are both told, so that nobody is admitted at random", async () => {
  const answer = await read(await pictureOf(["ONE", "TWO"]));

  assert.equal(answer.type, "codes");
  assert.deepEqual(answer.type === "codes" && [...answer.codes].sort(), ["ONE", "TWO"]);
});

test("a picture without a code holds none", async () => {
  assert.deepEqual(await read(await pictureOf([])), { type: "codes", codes: [] });
});

test("a large picture is made smaller before it is read, a small one stays", async () => {
  const large = await pictureOf(["LARGE"], 50);
  worker.drawn.length = 0;

  assert.deepEqual(await read(large), { type: "codes", codes: ["LARGE"] });
  assert.deepEqual(await read({ width: 640, height: 480, grey: new Uint8Array(640 * 480) }), { type: "codes", codes: [] });

  assert.equal(Math.max(large.width, large.height) > 960, true);
  assert.deepEqual(worker.drawn, ["960 by 960 on 960 by 960", "640 by 480 on 640 by 480"]);
});

// Reads QR codes off the main thread, so that the picture and the buttons never wait for it.
import { prepareZXingModule, readBarcodes, type ReaderOptions } from "zxing-wasm/reader";

export type ToWorker = { type: "start"; decoder: string } | { type: "frame"; bitmap: ImageBitmap };
export type FromWorker = { type: "ready" } | { type: "broken"; reason: string } | { type: "codes"; codes: string[] };

const LONGEST_EDGE = 960;
// Two symbols, so that a page with several tickets is noticed instead of admitting one of them at random.
const OPTIONS: ReaderOptions = { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 2 };

const canvas = new OffscreenCanvas(1, 1);
const brush = canvas.getContext("2d", { willReadFrequently: true });

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  void (data.type === "start" ? start(data.decoder) : read(data.bitmap));
});

async function start(decoder: string): Promise<void> {
  try {
    await prepareZXingModule({ overrides: { locateFile: () => decoder }, fireImmediately: true });
    answer({ type: "ready" });
  } catch (error) {
    answer({ type: "broken", reason: String(error) });
  }
}

async function read(bitmap: ImageBitmap): Promise<void> {
  const pixels = scale(bitmap);
  const found = pixels ? await readBarcodes(pixels, OPTIONS).catch(() => []) : [];
  answer({ type: "codes", codes: found.filter((code) => code.isValid).map((code) => code.text) });
}

function scale(bitmap: ImageBitmap): ImageData | undefined {
  const factor = Math.min(1, LONGEST_EDGE / Math.max(bitmap.width, bitmap.height));
  const width = Math.round(bitmap.width * factor);
  const height = Math.round(bitmap.height * factor);
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  brush?.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return brush?.getImageData(0, 0, width, height);
}

function answer(message: FromWorker): void {
  postMessage(message);
}

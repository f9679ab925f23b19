// A decoder that finds what a test says, in frames that come from nowhere.
import type { FromWorker, ToWorker } from "../../src/scan-worker";
import { place } from "./page";

export interface Decoder {
  script: string;
  /** What the page sent, frames with what they were cut from. */
  sent: ToWorker[];
  tells(message: FromWorker): void;
  breaks(): void;
  frames(): number;
}

/** Give the page workers; the one it starts is the decoder. */
export function giveDecoder(): Decoder {
  const listeners: Record<string, (event: unknown) => void> = {};
  const decoder: Decoder = {
    script: "",
    sent: [],
    tells: (data) => listeners["message"]!({ data }),
    breaks: () => listeners["error"]!({}),
    frames: () => decoder.sent.filter(({ type }) => type === "frame").length,
  };
  class FakeWorker {
    constructor(script: string) {
      decoder.script = script;
    }
    addEventListener(type: string, run: (event: unknown) => void): void {
      listeners[type] = run;
    }
    postMessage(message: ToWorker): void {
      decoder.sent.push(message);
    }
  }
  place("Worker", FakeWorker);
  place("createImageBitmap", (_: unknown, ...cut: number[]) => Promise.resolve({ cut }));
  return decoder;
}

/** Let the page's `<video>` show a picture of this size, or none yet. */
export function film(video: HTMLVideoElement, [width, height]: [number, number], readyState = 2): void {
  place("videoWidth", width, video);
  place("videoHeight", height, video);
  place("readyState", readyState, video);
  place("HTMLMediaElement", { HAVE_CURRENT_DATA: 2 });
}

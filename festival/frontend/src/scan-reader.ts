// Feeds the decoder with frames: one in flight, about ten a second, four when nothing was seen for half a minute.
import type { FromWorker, ToWorker } from "./scan-worker";

const BUSY = 90;
const IDLE = 250;
const IDLE_AFTER = 30_000;

export class Reader {
  onCodes: (codes: string[]) => void = () => undefined;
  onBroken: () => void = () => undefined;
  paused = false;
  private readonly worker: Worker;
  private inFlight = false;
  private lastCode = performance.now();
  private timer = 0;

  constructor(
    private readonly video: HTMLVideoElement,
    script: string,
    decoder: string,
  ) {
    this.worker = new Worker(script, { type: "module" });
    this.worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => this.receive(data));
    this.worker.addEventListener("error", () => this.onBroken());
    this.send({ type: "start", decoder });
  }

  private receive(message: FromWorker): void {
    if (message.type === "broken") this.onBroken();
    else if (message.type === "ready") this.next();
    else {
      this.inFlight = false;
      if (message.codes.length) this.lastCode = performance.now();
      if (!this.paused) this.onCodes(message.codes);
    }
  }

  private next(): void {
    clearTimeout(this.timer);
    void this.look();
    this.timer = window.setTimeout(() => this.next(), performance.now() - this.lastCode > IDLE_AFTER ? IDLE : BUSY);
  }

  private async look(): Promise<void> {
    const { videoWidth: width, videoHeight: height, readyState } = this.video;
    if (this.inFlight || this.paused || document.hidden || readyState < HTMLMediaElement.HAVE_CURRENT_DATA || !width) return;
    this.inFlight = true;
    const side = Math.min(width, height);
    try {
      const bitmap = await createImageBitmap(this.video, (width - side) / 2, (height - side) / 2, side, side);
      this.send({ type: "frame", bitmap }, [bitmap]);
    } catch {
      this.inFlight = false; // the camera is just being changed
    }
  }

  private send(message: ToWorker, transfer: Transferable[] = []): void {
    this.worker.postMessage(message, transfer);
  }
}

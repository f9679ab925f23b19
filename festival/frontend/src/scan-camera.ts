// The camera: opened once, kept alive through sleep, calls and lens changes.
export type Trouble = "denied" | "missing" | "busy";

const LENS = "kermesse.door.lens";
const FROZEN = 2_500;
const LESS_SUITABLE = /ultra|tele|zoom|0[.,]5/i;

// Not in TypeScript's DOM types yet.
type TorchCapabilities = MediaTrackCapabilities & { torch?: boolean };
type TorchConstraints = MediaTrackConstraintSet & { torch?: boolean };

export class Camera {
  onChange: () => void = () => undefined;
  onTrouble: (trouble: Trouble) => void = () => undefined;
  lenses: MediaDeviceInfo[] = [];
  hasTorch = false;
  torch = false;
  private stream: MediaStream | undefined;
  private wanted = false;
  private opening = false;
  private lastFrame = 0;
  private lock: WakeLockSentinel | undefined;

  constructor(private readonly video: HTMLVideoElement) {
    document.addEventListener("visibilitychange", () => void this.revive());
    for (const name of ["pageshow", "focus"]) window.addEventListener(name, () => void this.revive());
    setInterval(() => void this.revive(), 1_000);
    this.watchFrames();
  }

  /** Open the camera; false when something is in the way, which `onTrouble` has told. */
  async start(): Promise<boolean> {
    this.wanted = true;
    await this.open();
    return this.wanted;
  }

  /** Change to the next lens; the choice is remembered on this phone. */
  async nextLens(): Promise<void> {
    const current = this.track()?.getSettings().deviceId;
    const index = this.lenses.findIndex((lens) => lens.deviceId === current);
    const next = this.lenses[(index + 1) % this.lenses.length];
    if (!next) return;
    localStorage.setItem(LENS, next.deviceId);
    await this.open();
  }

  async setTorch(on: boolean): Promise<void> {
    await this.track()?.applyConstraints({ advanced: [{ torch: on } as TorchConstraints] });
    this.torch = on;
    this.onChange();
  }

  private async open(): Promise<void> {
    if (this.opening) return;
    this.opening = true;
    try {
      this.stream?.getTracks().forEach((track) => track.stop());
      this.stream = await this.ask();
      this.video.srcObject = this.stream;
      await this.video.play();
      this.lastFrame = performance.now();
      this.track()?.addEventListener("ended", () => void this.revive());
      await this.learn();
      await this.stayAwake();
    } catch (error) {
      this.wanted = false;
      this.onTrouble(troubleOf(error));
    } finally {
      this.opening = false;
    }
  }

  private async ask(): Promise<MediaStream> {
    if (!navigator.mediaDevices) throw new DOMException("no camera here", "NotFoundError");
    const size = { width: { ideal: 1920 }, height: { ideal: 1080 } };
    const remembered = localStorage.getItem(LENS);
    if (remembered) {
      const video = { ...size, deviceId: { exact: remembered } };
      const stream = await navigator.mediaDevices.getUserMedia({ video }).catch(() => undefined);
      if (stream) return stream;
      localStorage.removeItem(LENS);
    }
    return navigator.mediaDevices.getUserMedia({ video: { ...size, facingMode: { ideal: "environment" } } });
  }

  private async learn(): Promise<void> {
    const devices = await navigator.mediaDevices.enumerateDevices();
    const cameras = devices.filter((device) => device.kind === "videoinput");
    // Ultra-wide and tele lenses read small codes badly, so they come last when one taps through.
    this.lenses = cameras.sort((a, b) => Number(LESS_SUITABLE.test(a.label)) - Number(LESS_SUITABLE.test(b.label)));
    this.hasTorch = Boolean((this.track()?.getCapabilities?.() as TorchCapabilities | undefined)?.torch);
    if (this.torch && this.hasTorch) await this.setTorch(true);
    this.onChange();
  }

  /** Open again whatever the system closed: after the pocket, a call, or a camera that froze. */
  private async revive(): Promise<void> {
    if (!this.wanted || this.opening || document.hidden) return;
    const track = this.track();
    const frozen = "requestVideoFrameCallback" in this.video && performance.now() - this.lastFrame > FROZEN;
    if (!track || track.readyState === "ended" || frozen) await this.open();
    else if (this.video.paused) await this.video.play().catch(() => undefined);
    await this.stayAwake();
  }

  private watchFrames(): void {
    if (!("requestVideoFrameCallback" in this.video)) return;
    const seen = (): void => {
      this.lastFrame = performance.now();
      this.video.requestVideoFrameCallback(seen);
    };
    this.video.requestVideoFrameCallback(seen);
  }

  private async stayAwake(): Promise<void> {
    if (!("wakeLock" in navigator) || (this.lock && !this.lock.released)) return;
    this.lock = await navigator.wakeLock.request("screen").catch(() => undefined);
  }

  private track(): MediaStreamTrack | undefined {
    return this.stream?.getVideoTracks()[0];
  }
}

function troubleOf(error: unknown): Trouble {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "missing" : "busy";
}

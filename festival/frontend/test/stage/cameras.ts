// A phone with cameras: what the system grants, takes away and lets freeze.
import { one, place } from "./page";

export class FakeTrack {
  readyState = "live";
  torch = false;
  private readonly listeners: (() => void)[] = [];
  constructor(readonly deviceId: string, private readonly hasTorch: boolean) {}
  addEventListener(_: string, run: () => void): void {
    this.listeners.push(run);
  }
  getSettings(): MediaTrackSettings {
    return { deviceId: this.deviceId };
  }
  getCapabilities(): { torch?: boolean } {
    return this.hasTorch ? { torch: true } : {};
  }
  applyConstraints({ advanced }: { advanced: { torch: boolean }[] }): Promise<void> {
    this.torch = advanced[0]!.torch;
    return Promise.resolve();
  }
  stop(): void {
    this.readyState = "ended";
  }
  /** The system takes the camera: a call, another app. */
  end(): void {
    this.stop();
    for (const run of this.listeners) run();
  }
}

export interface Phone {
  /** What the page asked for, one entry a time it opened a camera. */
  asked: MediaTrackConstraints[];
  /** Every picture it was given, the last one being the current. */
  tracks: FakeTrack[];
  /** Why the next attempts to open a camera fail. */
  refusals: unknown[];
  locks: { released: boolean }[];
  /** The camera delivers a frame. */
  frame(): void;
  current(): FakeTrack;
}

type Video = { paused: boolean; srcObject: unknown; plays: number };

/** Give the page cameras (id to label) behind its `<video>`. The first is the one that the system prefers. */
export function givePhone(cameras: Record<string, string>, { torch = false, frames = true, awake = true } = {}): Phone & { video: Video } {
  const video = one<HTMLVideoElement>("video");
  const state: Video = { paused: true, srcObject: undefined, plays: 0 };
  let onFrame: (() => void) | undefined;
  const phone: Phone = {
    asked: [],
    tracks: [],
    refusals: [],
    locks: [],
    frame: () => onFrame?.(),
    current: () => phone.tracks.at(-1)!,
  };

  const getUserMedia = ({ video: wish }: { video: MediaTrackConstraints }): Promise<unknown> => {
    phone.asked.push(wish);
    if (phone.refusals.length) return Promise.reject(phone.refusals.shift() as Error);
    const exact = (wish.deviceId as { exact?: string } | undefined)?.exact;
    const id = exact ?? Object.keys(cameras)[0];
    if (!id || !(id in cameras)) return Promise.reject(new DOMException("", exact ? "OverconstrainedError" : "NotFoundError"));
    const track = new FakeTrack(id, torch);
    phone.tracks.push(track);
    return Promise.resolve({ getTracks: () => [track], getVideoTracks: () => [track] });
  };
  const devices = [
    { kind: "audioinput", deviceId: "mic", label: "Microphone" },
    ...Object.entries(cameras).map(([deviceId, label]) => ({ kind: "videoinput", deviceId, label })),
  ];
  place("mediaDevices", { getUserMedia, enumerateDevices: () => Promise.resolve(devices) }, navigator);
  if (awake) {
    const request = (): Promise<{ released: boolean }> => {
      phone.locks.push({ released: false });
      return Promise.resolve(phone.locks.at(-1)!);
    };
    place("wakeLock", { request }, navigator);
  }

  place("play", () => {
    state.paused = false;
    state.plays += 1;
    return Promise.resolve();
  }, video);
  Object.defineProperty(video, "paused", { get: () => state.paused });
  Object.defineProperty(video, "srcObject", { set: (value: unknown) => (state.srcObject = value) });
  if (frames) place("requestVideoFrameCallback", (run: () => void) => (onFrame = run), video);
  return Object.assign(phone, { video: state });
}

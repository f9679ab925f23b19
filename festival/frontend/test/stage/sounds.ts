// A loudspeaker and a motor that write down what they were told.
import { place } from "./page";

export interface Heard {
  /** One string a note: shape, frequency, start and end. */
  notes: string[];
  /** How the loudness of the notes moves. */
  volumes: string[];
  buzzes: number[][];
  loudspeakers: number;
}

let allowed = true;

/** Give the page sound, which a tap wakes unless the browser does not allow it. */
export function giveSound({ wakes = true, canVibrate = true } = {}): Heard {
  const heard: Heard = { notes: [], volumes: [], buzzes: [], loudspeakers: 0 };
  allowed = wakes;
  if (canVibrate) place("vibrate", (pattern: number[]) => heard.buzzes.push(pattern), navigator);

  class FakeAudio {
    state = "suspended";
    currentTime = 10;
    destination = "loudspeaker";
    constructor() {
      heard.loudspeakers += 1;
    }
    resume(): Promise<void> {
      if (allowed) this.state = "running";
      return Promise.resolve();
    }
  }

  class FakeOscillator {
    private from = 0;
    private output: unknown;
    constructor(_: FakeAudio, private readonly options: OscillatorOptions) {}
    connect<T>(next: T): T {
      this.output = next;
      return next;
    }
    start(at: number): void {
      this.from = at;
    }
    stop(at: number): void {
      const audible = this.output instanceof FakeGain && this.output.output === "loudspeaker";
      heard.notes.push(audible ? `${this.options.type} ${this.options.frequency} ${this.from.toFixed(2)}-${at.toFixed(2)}` : "nothing");
    }
  }

  class FakeGain {
    output: unknown;
    gain = {
      setValueAtTime: (value: number, at: number) => heard.volumes.push(`${value} at ${at.toFixed(3)}`),
      exponentialRampToValueAtTime: (value: number, at: number) => heard.volumes.push(`to ${value} at ${at.toFixed(3)}`),
    };
    connect(next: unknown): void {
      this.output = next;
    }
  }

  place("AudioContext", FakeAudio);
  place("OscillatorNode", FakeOscillator);
  place("GainNode", FakeGain);
  return heard;
}

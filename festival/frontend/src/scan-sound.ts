// One sound and one vibration per verdict, so that the door can be worked without looking.
export type Tone = "yes" | "out" | "again" | "no" | "question" | "wait" | "offline";

type Note = [frequency: number, start: number, length: number, shape: OscillatorType];

const TUNES: Record<Tone, Note[]> = {
  yes: [[880, 0, 0.09, "sine"], [1318, 0.09, 0.14, "sine"]],
  out: [[1318, 0, 0.09, "sine"], [880, 0.09, 0.14, "sine"]],
  again: [[660, 0, 0.12, "triangle"], [660, 0.2, 0.12, "triangle"]],
  no: [[196, 0, 0.45, "sawtooth"]],
  question: [[523, 0, 0.12, "triangle"], [392, 0.14, 0.22, "triangle"]],
  wait: [],
  offline: [[330, 0, 0.1, "square"]],
};
const BUZZES: Record<Tone, number[]> = {
  yes: [40], out: [40, 60, 40], again: [80, 80, 80], no: [400], question: [120, 80, 120], wait: [], offline: [60],
};

let audio: AudioContext | undefined;

/** Browsers let a page sound only after a tap: call this in one. */
export function unlockSound(): void {
  audio ??= new AudioContext();
  void audio.resume();
}

export function play(tone: Tone): void {
  navigator.vibrate?.(BUZZES[tone]);
  if (!audio || audio.state !== "running") return;
  for (const [frequency, start, length, shape] of TUNES[tone]) {
    const at = audio.currentTime + start;
    const oscillator = new OscillatorNode(audio, { type: shape, frequency });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.5, at + 0.012);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + length);
    oscillator.connect(volume).connect(audio.destination);
    oscillator.start(at);
    oscillator.stop(at + length);
  }
}

// Scans that wait for their answer. They survive a reload, are asked again until the server answers, and none is dropped:
// each is sent for the list and gate at which it was read, wherever the phone points by now.
import { sameness } from "./scan-code";
import { redeem, Refused, Unreachable, type Answer, type Scan, type Token } from "./scan-server";

const KEPT = "kermesse.door.waiting";
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 8_000;
// After these nothing more can be asked in this page; the scans stay for when somebody has signed in again.
const HALTS = new Set(["signed_out", "not_door_team", "device_unknown", "device_revoked"]);

export class Outbox {
  onAnswer: (scan: Scan, answer: Answer) => void = () => undefined;
  onRefused: (scan: Scan, refused: Refused) => void = () => undefined;
  onSilence: (scan: Scan, isStrange: boolean) => void = () => undefined;
  onChange: () => void = () => undefined;
  isHalted = false;
  private scans: Scan[] = kept();
  private readonly tries = new Map<string, number>();
  private readonly earlier = new Set(this.scans.map(({ id }) => id));
  private readonly inFlight = new Set<string>();
  private failures = 0;
  private timer = 0;

  constructor(
    private readonly url: string,
    private readonly token: Token,
  ) {
    for (const name of ["online", "pageshow", "focus"]) window.addEventListener(name, () => this.nudge());
    document.addEventListener("visibilitychange", () => document.hidden || this.nudge());
  }

  get waiting(): readonly Scan[] {
    return this.scans;
  }

  /** The scan of this code that still waits: reading it again is no second scan. */
  waitingFor(code: string, list: string, direction: string): Scan | undefined {
    const wanted = sameness(code);
    return this.scans.find((scan) => scan.list === list && scan.direction === direction && sameness(scan.code) === wanted);
  }

  /** Ask for a scan at once, whatever else is out; one that waits already keeps its id. */
  ask(scan: Scan): void {
    if (!this.scans.includes(scan)) {
      this.scans.push(scan);
      this.keep((others) => [...others, scan]);
    }
    void this.drain(scan);
  }

  /** Try now: a hand, the browser or an answered ping says that the network may be back. */
  nudge(): void {
    void this.drain();
  }

  /** Ask for `scan`, then for the others, the latest first: its person is the one most likely still there. */
  private async drain(scan = this.next()): Promise<void> {
    clearTimeout(this.timer);
    let goesOn = true;
    for (let each = scan; each && goesOn; each = this.next()) goesOn = await this.send(each);
    clearTimeout(this.timer);
    if (this.scans.length && !this.isHalted) this.timer = window.setTimeout(() => this.nudge(), this.pause());
  }

  private next(): Scan | undefined {
    return this.isHalted ? undefined : this.scans.filter((scan) => !this.inFlight.has(scan.id)).at(-1);
  }

  private pause(): number {
    return Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.max(0, this.failures - 1));
  }

  /** Return whether the server has answered, whatever it said. */
  private async send(scan: Scan): Promise<boolean> {
    if (this.isHalted || this.inFlight.has(scan.id)) return false;
    const tries = this.tries.get(scan.id) ?? 0;
    this.inFlight.add(scan.id);
    try {
      const answer = await redeem(this.url, scan, this.token, tries, tries > 0 || this.earlier.has(scan.id));
      this.failures = 0;
      this.forget(scan);
      this.onAnswer(scan, answer);
      return true;
    } catch (error) {
      if (error instanceof Refused) {
        this.refuse(scan, error);
        return true;
      }
      this.failures += 1;
      this.tries.set(scan.id, tries + 1);
      this.onSilence(scan, error instanceof Unreachable && error.isStrange);
      return false;
    } finally {
      this.inFlight.delete(scan.id);
    }
  }

  private refuse(scan: Scan, refused: Refused): void {
    this.failures = 0;
    this.isHalted = HALTS.has(refused.code);
    if (!this.isHalted) this.forget(scan);
    this.onRefused(scan, refused);
  }

  private forget(scan: Scan): void {
    this.scans = this.scans.filter((other) => other !== scan);
    this.tries.delete(scan.id);
    this.keep((others) => others.filter(({ id }) => id !== scan.id));
  }

  /** Change what this phone keeps, one scan at a time: what another tab of it keeps there stays. */
  private keep(change: (scans: Scan[]) => Scan[]): void {
    try {
      localStorage.setItem(KEPT, JSON.stringify(change(kept())));
    } catch {
      // A phone that keeps nothing still asks until it is answered.
    }
    this.onChange();
  }
}

function kept(): Scan[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isScan) : [];
  } catch {
    return [];
  }
}

function isScan(stored: unknown): stored is Scan {
  const scan = (stored ?? {}) as Partial<Record<keyof Scan, unknown>>;
  return [scan.id, scan.list, scan.code, scan.source, scan.direction, scan.device_at].every((part) => typeof part === "string");
}

// Time that stands still until a test moves it.
type Job = { id: number; at: number; every: number | undefined; run: () => void };

const immediately = setImmediate;

/** Wait until everything that needs no time has happened: promises, bodies of answers. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => immediately(resolve));
}

export class Clock {
  now = 1_000;
  private jobs: Job[] = [];
  private last = 0;

  setTimeout = (run: () => void, pause = 0): number => this.add(run, pause, undefined);

  setInterval = (run: () => void, every = 0): number => this.add(run, every, every);

  clear = (id: number | undefined): void => {
    this.jobs = this.jobs.filter((job) => job.id !== id);
  };

  /** What `AbortSignal.timeout` gives, but by this clock. */
  timeout = (pause: number): AbortSignal => {
    const controller = new AbortController();
    this.setTimeout(() => controller.abort(new DOMException("too slow", "TimeoutError")), pause);
    return controller.signal;
  };

  /** Let so many milliseconds go by; what is due happens in its order. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds;
    await settle();
    for (let job = this.due(end); job; job = this.due(end)) {
      this.now = job.at;
      if (job.every === undefined) this.clear(job.id);
      else job.at += job.every;
      job.run();
      await settle();
    }
    this.now = end;
  }

  private due(end: number): Job | undefined {
    return this.jobs.filter((job) => job.at <= end).sort((a, b) => a.at - b.at || a.id - b.id)[0];
  }

  private add(run: () => void, pause: number, every: number | undefined): number {
    this.last += 1;
    this.jobs.push({ id: this.last, at: this.now + pause, every, run });
    return this.last;
  }
}

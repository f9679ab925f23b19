// Two strips under the picture: what waits for its answer and what was answered late; and the last person, to take back.
import { Refused, undo, type Answer, type Counts, type Scan, type Token } from "./scan-server";

const SHOWN = 4;
const MINUTE = 60_000;

export class WaitingStrip {
  constructor(
    private readonly root: HTMLElement,
    private readonly late: HTMLElement,
    private readonly live: HTMLElement,
  ) {}

  count(number: number): void {
    this.root.hidden = number === 0;
    this.root.textContent = this.root.dataset["words"]!.replace("…", String(number));
  }

  /** Tell whose answer has come, while somebody else may stand in front. */
  add(answer: Answer, time: string): void {
    const line = document.createElement("li");
    line.dataset["tone"] = answer.tone;
    line.textContent = [time, answer.who, answer.word].filter(Boolean).join(" · ");
    this.late.prepend(line);
    while (this.late.children.length > SHOWN) this.late.lastElementChild!.remove();
    this.live.textContent = line.textContent;
  }
}

export class LastStrip {
  onUndone: (counts: Counts) => void = () => undefined;
  private scan = "";
  private act = "";
  private timer = 0;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly url: string,
    private readonly token: Token,
    private readonly list: string,
  ) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.undo();
    });
    this.scan = this.field("scan").value;
    this.act = this.field("id").value;
    if (!form.hidden) this.goLater();
  }

  /** Offer for a minute to take back the scan that let this person in or out. */
  show(scan: Scan, answer: Answer): void {
    this.scan = scan.id;
    this.act = crypto.randomUUID();
    this.say([answer.who, answer.word].filter(Boolean).join(" · "), true);
    this.goLater();
  }

  async undo(): Promise<void> {
    if (!this.scan) return;
    const { scan, act } = this;
    this.button().disabled = true;
    try {
      const counts = await undo(this.url, { id: act, scan, list: this.list }, this.token);
      this.say(this.form.dataset["undone"]!, false);
      this.scan = "";
      this.onUndone(counts);
    } catch (error) {
      const refused = error instanceof Refused;
      this.say(refused ? error.message : this.form.dataset["offline"]!, !refused);
    } finally {
      this.button().disabled = false;
      this.form.hidden = false;
    }
  }

  private say(text: string, canUndo: boolean): void {
    this.form.hidden = false;
    this.form.querySelector("[data-part=last-text]")!.textContent = text;
    this.button().hidden = !canUndo;
  }

  private goLater(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => (this.form.hidden = true), MINUTE);
  }

  private button(): HTMLButtonElement {
    return this.form.querySelector("button")!;
  }

  private field(name: string): HTMLInputElement {
    return this.form.querySelector<HTMLInputElement>(`input[name=${name}]`)!;
  }
}

// The full screen of colour. It goes by itself after a plain yes, and stays until somebody goes on after anything else.
import { Overlay } from "./scan-overlay";
import type { Answer } from "./scan-server";
import { play } from "./scan-sound";

const YES_STAYS = 1_200;

export interface Extras {
  /** Whose scan it is, when it is not that of the person in front. */
  whose?: string;
  canRetry?: boolean;
  /** The way to sign in or set up again. */
  canGo?: boolean;
  canUndo?: boolean;
  /** The list that fits better, or only the way to the lists. */
  offersSwitch?: boolean;
  isQuiet?: boolean;
}

export class VerdictScreen extends Overlay {
  onDone: () => void = () => undefined;
  onRetry: () => void = () => undefined;
  onUndo: () => void = () => undefined;
  private timer = 0;
  private readonly next: HTMLAnchorElement;

  constructor(root: HTMLElement, live: HTMLElement) {
    super(root, live);
    this.next = root.querySelector<HTMLAnchorElement>(".verdict-next")!;
    this.next.addEventListener("click", (event) => {
      event.preventDefault();
      this.hide();
    });
    this.part("retry").addEventListener("click", () => this.onRetry());
    this.part("undo").addEventListener("click", () => this.onUndo());
    window.addEventListener("keydown", (event) => {
      if (this.isOpen && event.key === "Escape") this.hide();
    });
  }

  get tone(): string {
    return this.root.dataset["tone"] ?? "";
  }

  show(answer: Answer, extras: Extras = {}): void {
    clearTimeout(this.timer);
    this.root.dataset["tone"] = answer.tone;
    const words = { ...answer, whose: extras.whose ?? "" };
    for (const name of ["whose", "word", "who", "what", "detail", "advice"] as const) this.part(name).textContent = words[name];
    this.part("retry").hidden = !extras.canRetry;
    this.part("go").hidden = !extras.canGo;
    this.part("undo").hidden = !extras.canUndo;
    this.offer(answer, extras.offersSwitch ?? false);
    this.setOpen(true);
    this.live.textContent = [words.whose, answer.word, answer.who, answer.detail, answer.advice].filter(Boolean).join(". ");
    if (!extras.isQuiet) play(answer.tone);
    this.next.focus({ preventScroll: true });
    if (!answer.holds && !extras.whose) this.timer = window.setTimeout(() => this.hide(), YES_STAYS);
  }

  /** Close because somebody goes on. */
  hide(): void {
    if (!this.isOpen) return;
    this.clear();
    this.onDone();
  }

  /** Close because the next scan takes its place. */
  clear(): void {
    clearTimeout(this.timer);
    if (!this.isOpen) return;
    this.setOpen(false);
    this.live.textContent = "";
  }

  private offer(answer: Answer, offers: boolean): void {
    this.part("switch").hidden = !offers;
    const button = this.part<HTMLButtonElement>("switch-button");
    button.hidden = !answer.switch;
    if (answer.switch) {
      this.part("switch-reason").textContent = answer.switch.reason;
      button.value = String(answer.switch.list);
      button.textContent = answer.switch.button;
    } else this.part("switch-reason").textContent = this.part("switch").dataset["unsure"] ?? "";
  }

  private part<T extends HTMLElement = HTMLElement>(name: string): T {
    return this.root.querySelector<T>(`[data-part=${name}]`)!;
  }
}

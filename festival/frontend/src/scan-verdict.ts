// The full screen of colour. It goes by itself after a plain yes, and stays until somebody goes on after anything else.
import type { Answer } from "./scan-server";
import { play } from "./scan-sound";

const YES_STAYS = 1_200;

export class VerdictScreen {
  onDone: () => void = () => undefined;
  onRetry: () => void = () => undefined;
  private timer = 0;
  private readonly next: HTMLAnchorElement;
  private readonly retry: HTMLButtonElement;

  constructor(
    private readonly root: HTMLElement,
    private readonly live: HTMLElement,
  ) {
    this.next = root.querySelector<HTMLAnchorElement>(".verdict-next")!;
    this.retry = root.querySelector<HTMLButtonElement>("[data-part=retry]")!;
    this.next.addEventListener("click", (event) => {
      event.preventDefault();
      this.hide();
    });
    this.retry.addEventListener("click", () => this.onRetry());
    window.addEventListener("keydown", (event) => {
      if (this.isOpen && event.key === "Escape") this.hide();
    });
  }

  get isOpen(): boolean {
    return !this.root.hidden;
  }

  get tone(): string {
    return this.root.dataset["tone"] ?? "";
  }

  show(answer: Answer, options: { canRetry: boolean }): void {
    clearTimeout(this.timer);
    this.root.dataset["tone"] = answer.tone;
    for (const part of ["word", "who", "what", "detail", "advice"] as const) {
      this.root.querySelector(`[data-part=${part}]`)!.textContent = answer[part];
    }
    this.retry.hidden = !options.canRetry;
    this.setOpen(true);
    this.live.textContent = [answer.word, answer.who, answer.detail, answer.advice].filter(Boolean).join(". ");
    play(answer.tone);
    (options.canRetry ? this.retry : this.next).focus({ preventScroll: true });
    if (!answer.holds) this.timer = window.setTimeout(() => this.hide(), YES_STAYS);
  }

  /** While it is open nothing behind it can be reached. */
  private setOpen(open: boolean): void {
    this.root.hidden = !open;
    for (const sibling of this.root.parentElement!.children) {
      if (sibling !== this.root && sibling !== this.live) sibling.toggleAttribute("inert", open);
    }
  }

  hide(): void {
    clearTimeout(this.timer);
    if (!this.isOpen) return;
    this.setOpen(false);
    this.live.textContent = "";
    this.onDone();
  }
}

// Finding a ticket that cannot be read: what is typed, who fits, and one tap that scans the ticket.
import { Overlay } from "./scan-overlay";
import { find, Refused, type Candidate, type Token } from "./scan-server";

export class FindPanel extends Overlay {
  onChosen: (code: string) => void = () => undefined;
  onClosed: () => void = () => undefined;
  private readonly input: HTMLInputElement;
  private asked = 0;

  constructor(
    root: HTMLElement,
    live: HTMLElement,
    private readonly url: string,
    private readonly token: Token,
    private readonly about: () => { list: string; direction: string },
  ) {
    super(root, live);
    this.input = root.querySelector<HTMLInputElement>("input[name=words]")!;
    root.querySelector("form")!.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.search();
    });
    root.querySelector("[data-part=find-close]")!.addEventListener("click", () => this.close());
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
  }

  open(): void {
    this.setOpen(true);
    this.input.value = "";
    this.show([], "");
    this.input.focus();
  }

  close(): void {
    if (!this.isOpen) return;
    this.asked += 1; // an answer that comes now is for nobody
    this.setOpen(false);
    this.show([], ""); // no name stays on the phone
    this.onClosed();
  }

  private async search(): Promise<void> {
    const mine = (this.asked += 1);
    this.show([], this.root.dataset["checking"]!);
    const body = { ...this.about(), words: this.input.value };
    try {
      const { found, message } = await find(this.url, body, this.token);
      if (mine === this.asked) this.show(found, message);
    } catch (error) {
      if (mine === this.asked) this.show([], error instanceof Refused ? error.message : this.root.dataset["offline"]!);
    }
  }

  private show(found: Candidate[], message: string): void {
    this.root.querySelector("[data-part=find-message]")!.textContent = message;
    const shape = this.root.querySelector("template")!.content;
    const rows = found.map((candidate) => {
      const row = shape.cloneNode(true) as DocumentFragment;
      const button = row.querySelector("button")!;
      button.dataset["tone"] = candidate.tone;
      for (const name of ["name", "what", "when", "state"] as const) row.querySelector(`[data-found=${name}]`)!.textContent = candidate[name];
      button.addEventListener("click", () => {
        this.close();
        this.onChosen(candidate.code);
      });
      return row;
    });
    this.root.querySelector("[data-part=find-list]")!.replaceChildren(...rows);
  }
}

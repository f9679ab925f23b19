// Keeps every keystroke: in this browser at once, on the site a moment later. The status says what is true.
import { fieldsOf, fill } from "./jury-fields";
import { forget, keep, keptOf, same, type Fields, type Kept } from "./jury-kept";
import { fieldsOnSite, post, type Card, type Outcome } from "./jury-server";
import { connectVersions, joined, over, type Choice, type Versions } from "./jury-versions";

const PAUSE = 900;
const PAUSES_AFTER_FAILURES = [2_000, 5_000, 15_000, 30_000, 60_000];

/** Keep what is typed in the form, save drafts of it, hand it in, and ask before it is left unsaved. */
export function connectAutosave(form: HTMLFormElement): void {
  new Saver(form).start();
}

class Saver {
  private readonly page = newPage();
  private readonly user: string;
  private readonly card: string;
  private readonly state: string;
  private readonly versions: Versions;
  private readonly status: HTMLElement | null;
  private savesDrafts: boolean;
  /** What the site has, and the sentence that says so. */
  private onSite: Fields;
  private settled: string;
  private theirs: Card | undefined;
  private mine: Fields | undefined; // what was given up for theirs, for whoever changes their mind
  private isAsking = false;
  private turn = 0;
  private timer = 0;
  private failures = 0;
  private running: Promise<void> | undefined;
  private isKept = true;
  /** The button that was pressed and could not be obeyed yet. */
  private pressed: HTMLButtonElement | undefined;
  private isHandingIn = false;
  private isLeaving = false;

  constructor(private readonly form: HTMLFormElement) {
    const { user = "", card = "", state = "" } = form.dataset;
    [this.user, this.card, this.state] = [user, card, state];
    this.savesDrafts = "autosave" in form.dataset;
    this.status = form.querySelector<HTMLElement>("[data-saved]");
    this.settled = this.status?.textContent ?? "";
    // A page that came back with faults holds what nobody has.
    this.onSite = "unsaved" in form.dataset ? { comment: "\0", marks: {} } : fieldsOf(form);
    this.versions = connectVersions(form.querySelector("[data-versions]"), (choice) => this.choose(choice));
  }

  start(): void {
    this.set("window", this.page);
    if (this.savesDrafts) this.form.dataset["saving"] = "";
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.handIn((event.submitter as HTMLButtonElement | null) ?? undefined);
    });
    window.addEventListener("beforeunload", (event) => this.isUnsent && !this.isLeaving && event.preventDefault());
    window.addEventListener("pageshow", (event) => event.persisted && !this.isUnsent && location.reload());
    for (const type of ["online", "focus"]) window.addEventListener(type, () => this.wake());
    document.addEventListener("visibilitychange", () => (document.hidden ? void this.save() : this.wake()));
    if (this.isUnsent) {
      this.keepHere();
      if (this.savesDrafts) this.plan(PAUSE);
    }
    void this.restore();
  }

  private get isUnsent(): boolean {
    return !same(fieldsOf(this.form), this.onSite);
  }

  private get version(): number {
    return Number(this.field("version")?.value ?? 0);
  }

  private changed(): void {
    this.pressed = undefined;
    if (!this.isUnsent && !this.isAsking) return this.settle(this.settled);
    this.keepHere();
    if (this.isAsking && this.theirs) this.versions.show(fieldsOf(this.form), fieldsOnSite(this.theirs));
    else if (!this.savesDrafts) this.tell("changed");
    else {
      if (!this.failures) this.tell("saving");
      this.plan(PAUSE);
    }
  }

  /** The site has all that the form has. */
  private settle(sentence: string): void {
    this.settled = sentence;
    window.clearTimeout(this.timer);
    forget(this.user, this.card, this.page);
    if (!this.running) this.say(sentence);
  }

  private keepHere(): void {
    const { title = "" } = this.form.dataset;
    const kept = { window: this.page, version: this.version, at: Date.now(), title, address: location.pathname, fields: fieldsOf(this.form) };
    this.isKept = keep(this.user, this.card, kept);
  }

  private plan(pause: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void (this.pressed ? this.handIn(this.pressed) : this.save()), pause);
  }

  /** Something has changed outside: the network, or who is signed in. Try at once what failed. */
  private wake(): void {
    if (this.failures) this.plan(0);
  }

  private async save(): Promise<void> {
    if (this.running || this.isHandingIn || this.isAsking || !this.savesDrafts || !this.isUnsent) return;
    window.clearTimeout(this.timer);
    this.running = this.sendDraft();
    await this.running;
  }

  private async sendDraft(): Promise<void> {
    const sent = this.prepare();
    const outcome = await post(this.form, this.state, this.state);
    this.running = undefined;
    if (outcome.kind === "saved") this.saved(sent, outcome.version, outcome.message);
    else this.failed(outcome);
  }

  private prepare(): Fields {
    window.clearTimeout(this.timer);
    this.turn += 1;
    this.set("turn", String(this.turn));
    this.keepHere();
    return fieldsOf(this.form);
  }

  private saved(sent: Fields, version: number, sentence: string): void {
    this.failures = 0;
    this.onSite = sent;
    this.set("version", String(version));
    this.askToSignIn(false);
    this.form.dataset["saving"] = "";
    if (!this.isUnsent) return this.settle(sentence);
    this.keepHere();
    if (!this.isHandingIn) this.plan(PAUSE);
  }

  /** Say what is true. Nothing typed is lost: it stays in the form and in this browser. */
  private failed(outcome: Outcome): void {
    delete this.form.dataset["saving"]; // the button that keeps a draft is there again
    this.askToSignIn(outcome.kind === "signedOut");
    if (outcome.kind === "conflict") return this.ask(outcome.card);
    if (outcome.kind === "refused" || outcome.kind === "invalid") {
      this.failures = 0;
      this.pressed = undefined;
      this.savesDrafts &&= outcome.kind === "invalid";
      if (outcome.message) this.say(outcome.message);
      else this.tell("refused");
      return;
    }
    if (outcome.kind === "otherAccount") this.say(outcome.message);
    else this.tell(outcome.kind);
    const pause = PAUSES_AFTER_FAILURES[Math.min(this.failures, PAUSES_AFTER_FAILURES.length - 1)]!;
    this.failures += 1;
    if (!this.isHandingIn) this.plan(pause);
  }

  private async handIn(button: HTMLButtonElement | undefined): Promise<void> {
    if (this.isAsking) return this.form.querySelector<HTMLElement>("[data-versions]")?.focus();
    if (this.isHandingIn) return;
    this.isHandingIn = true;
    window.clearTimeout(this.timer);
    await this.running; // a draft on its way brings a version
    if (!this.isAsking) await this.sendCard(button);
    else this.isHandingIn = false;
  }

  private async sendCard(button: HTMLButtonElement | undefined): Promise<void> {
    const sent = this.prepare();
    this.tell("saving");
    const outcome = await post(this.form, location.pathname, this.state, button);
    this.isHandingIn = false;
    if (outcome.kind === "done") {
      this.onSite = sent;
      this.isLeaving = true;
      forget(this.user, this.card, this.page);
      location.assign(outcome.next);
    } else if (outcome.kind === "invalid") {
      this.showFaults(button);
    } else {
      this.pressed = same(sent, fieldsOf(this.form)) ? button : undefined;
      this.failed(outcome);
    }
  }

  /** Send it as a browser does without scripts: the page that comes back says what is wrong beside each field. */
  private showFaults(button: HTMLButtonElement | undefined): void {
    if (button?.name) {
      const chosen = document.createElement("input");
      Object.assign(chosen, { type: "hidden", name: button.name, value: button.value });
      this.form.append(chosen);
    }
    this.isLeaving = true;
    HTMLFormElement.prototype.submit.call(this.form); // the button named "submit" hides the form's own
  }

  /** Bring back what another page of this browser had typed and never saved: closed, crashed, signed out. */
  private async restore(): Promise<void> {
    const open = await openPages();
    const left = keptOf(this.user, this.card).filter(({ window: page }) => page !== this.page && !open.has(page));
    for (const kept of left) if (this.isThere(kept)) forget(this.user, this.card, kept.window);
    const kept = left.find((each) => !this.isThere(each));
    if (!kept || this.isUnsent) return;
    const site = this.onSite;
    fill(this.form, kept.fields);
    this.keepHere();
    forget(this.user, this.card, kept.window);
    // The site has what that page built on, or what it sent last: then what is kept is newer.
    if (kept.version !== this.version && kept.window !== this.form.dataset["window"]) return this.ask(this.cardOnSite(site));
    this.tell(this.savesDrafts ? "restored" : "restoredDone");
    if (this.savesDrafts) this.plan(PAUSE);
  }

  private isThere(kept: Kept): boolean {
    return same(kept.fields, this.onSite) || same(kept.fields, fieldsOf(this.form));
  }

  private cardOnSite({ comment, marks, notes }: Fields): Card {
    const numbers = Object.fromEntries(Object.entries(marks).map(([slug, mark]) => [slug, Number(mark)]));
    return { version: this.version, state: this.savesDrafts ? "draft" : "submitted", comment, marks: numbers, ...(notes ? { notes } : {}), saved: this.settled };
  }

  private ask(theirs: Card): void {
    [this.theirs, this.mine, this.isAsking, this.failures, this.pressed] = [theirs, undefined, true, 0, undefined];
    delete this.form.dataset["saving"];
    this.versions.show(fieldsOf(this.form), fieldsOnSite(theirs));
    this.tell("choose");
  }

  private choose(choice: Choice): void {
    if (!this.theirs) return;
    const site = fieldsOnSite(this.theirs);
    const mine = this.mine ?? fieldsOf(this.form);
    if (this.isAsking) {
      this.set("version", String(this.theirs.version));
      this.onSite = site;
      this.savesDrafts &&= this.theirs.state !== "submitted";
    }
    this.isAsking = false;
    if (choice === "theirs") {
      // The other one stays in view, and the choice open, until the page is left.
      this.mine = mine;
      fill(this.form, site);
      this.settle(this.theirs.saved);
      return;
    }
    this.theirs = this.mine = undefined;
    fill(this.form, { ...over(site, mine), comment: choice === "both" ? joined(site, mine) : mine.comment });
    this.versions.hide();
    this.form.querySelector("textarea")?.focus();
    this.changed();
  }

  private askToSignIn(asks: boolean): void {
    const place = this.form.querySelector<HTMLElement>("[data-sign-in]");
    const link = place?.querySelector("a");
    if (!place || !link) return;
    place.hidden = !asks;
    // What this browser refused to keep is only in this page, which must not be left then.
    link.target = this.isKept ? "" : "_blank";
    link.onclick = () => void (this.isLeaving = this.isKept);
  }

  private tell(what: string): void {
    const words = this.status?.dataset;
    this.say((this.isKept ? undefined : words?.[`${what}Unkept`]) ?? words?.[what] ?? "");
  }

  private say(sentence: string): void {
    if (this.status && this.status.textContent !== sentence) this.status.textContent = sentence;
  }

  private set(name: string, value: string): void {
    const field = this.field(name);
    if (field) field.value = value;
  }

  private field(name: string): HTMLInputElement | null {
    return this.form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  }
}

/** Return the pages that are open now; a browser without locks, or on a site without https, does not tell. */
async function openPages(): Promise<Set<string>> {
  const locks = (navigator as { locks?: LockManager }).locks;
  return new Set((await locks?.query())?.held?.map(({ name }) => name ?? "") ?? []);
}

/** Make up an id, and let the browser's other pages see that this one is open. */
function newPage(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const id = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const locks = (navigator as { locks?: LockManager }).locks;
  void locks?.request(id, () => new Promise(() => undefined));
  return id;
}

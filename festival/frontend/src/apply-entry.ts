// Keeps every keystroke of an application: on this device at once, on the site as soon as there is one.

type Fields = [string, string][];

interface Answer {
  code?: string;
  message?: string;
  version?: number;
  saved?: string;
  token?: string;
  typed?: Record<string, unknown>;
  faults?: Record<string, string>;
  files?: Record<string, string>;
}

const PAUSE = 900;
const PAUSES_AFTER_FAILURES = [2_000, 5_000, 15_000, 30_000, 60_000];
const PATIENCE = 20_000;
const NOT_TYPED = new Set(["csrfmiddlewaretoken", "version", "window", "turn", "rules_version", "accepts"]);

/** Save what is typed in the form, keep it on this device meanwhile, and bring it back after a crash. */
export function connectEntry(form: HTMLFormElement): void {
  new Entry(form).start();
}

/** Return what is typed, without files and what only the site knows. */
export function typedIn(form: HTMLFormElement): Fields {
  const all = [...new FormData(form)];
  return all.filter((pair): pair is [string, string] => typeof pair[1] === "string" && !NOT_TYPED.has(pair[0]));
}

/** Put what was typed back into the form. */
export function fill(form: HTMLFormElement, fields: Fields): void {
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>("input[name], textarea[name], select[name]")) {
    if (NOT_TYPED.has(field.name) || field.type === "file") continue;
    const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field instanceof HTMLInputElement && ["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
    field.dispatchEvent(new Event("input"));
  }
}

class Entry {
  private readonly window = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  private readonly key: string;
  private readonly address: string;
  private readonly status: HTMLElement | null;
  private onSite: string;
  private turn = 0;
  private failures = 0;
  private timer = 0;
  private isSending = false;
  private isAsking = false;
  private isLeaving = false;
  private isKept = true;
  private theirs: Answer | undefined;

  constructor(private readonly form: HTMLFormElement) {
    const { user = "", entry = "", draft = "" } = form.dataset;
    this.key = `kermesse.entry.${user}.${entry}`;
    this.address = draft;
    this.status = form.querySelector<HTMLElement>("[data-saved]");
    this.onSite = "unsaved" in form.dataset ? "" : this.now();
  }

  start(): void {
    this.set("window", this.window);
    this.form.addEventListener("input", (event) => this.changed(event.target as HTMLElement));
    this.form.addEventListener("change", (event) => this.changed(event.target as HTMLElement));
    this.form.addEventListener("submit", () => this.leave());
    window.addEventListener("beforeunload", (event) => this.isUnsent && !this.isLeaving && event.preventDefault());
    for (const type of ["online", "focus"]) window.addEventListener(type, () => this.failures && this.plan(0));
    document.addEventListener("visibilitychange", () => document.hidden && void this.save());
    for (const button of this.form.querySelectorAll<HTMLElement>("[data-take]"))
      button.addEventListener("click", () => this.choose(button.dataset["take"] ?? ""));
    this.restore();
  }

  private now(): string {
    return JSON.stringify(typedIn(this.form));
  }

  private get isUnsent(): boolean {
    return this.now() !== this.onSite || this.files().length > 0;
  }

  private files(): HTMLInputElement[] {
    return [...this.form.querySelectorAll<HTMLInputElement>("input[type=file]")].filter((field) => field.files?.length);
  }

  private changed(target: HTMLElement): void {
    if (target.matches("[name=accepts]")) return;
    if (!this.isUnsent) return;
    this.keep();
    if (this.isAsking) return;
    if (!this.failures) this.tell("saving");
    if (!this.failures || target.matches("[type=file]")) this.plan(target.matches("[type=file]") ? 0 : PAUSE);
  }

  /** The form goes its plain way; what it holds is kept here until the next page shows that the site has it. */
  private leave(): void {
    window.clearTimeout(this.timer);
    this.turn += 1;
    this.set("turn", String(this.turn));
    this.keep();
    this.isLeaving = true;
  }

  private keep(): void {
    try {
      localStorage.setItem(this.key, JSON.stringify({ version: this.field("version")?.value, fields: typedIn(this.form) }));
      this.isKept = true;
    } catch {
      this.isKept = false;
    }
  }

  private forget(): void {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // What could not be kept is not there.
    }
  }

  /** Bring back what a page of this browser had typed and the site never got. */
  private restore(): void {
    let kept: { version?: string; fields: Fields } | undefined;
    try {
      kept = JSON.parse(localStorage.getItem(this.key) ?? "null") as typeof kept;
    } catch {
      return;
    }
    if (!kept || !Array.isArray(kept.fields)) return;
    if (JSON.stringify(kept.fields) === this.now()) return this.forget();
    fill(this.form, kept.fields);
    this.set("version", kept.version ?? "");
    this.tell("restored");
    this.plan(PAUSE);
  }

  private plan(pause: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), pause);
  }

  private async save(): Promise<void> {
    if (this.isSending || this.isAsking || this.isLeaving || !this.isUnsent) return;
    this.isSending = true;
    this.turn += 1;
    this.set("turn", String(this.turn));
    const [sent, files] = [this.now(), this.files()];
    const answer = await this.post();
    this.isSending = false;
    if (this.isLeaving) return;
    if (answer === "offline" || answer === "fault") return this.failed(answer);
    if (answer.code === "draft_changed") return this.ask(answer);
    if (answer.code === "signed_out") {
      this.form.querySelector<HTMLElement>("[data-sign-in]")?.removeAttribute("hidden");
      return this.failed("signedOut");
    }
    if (answer.version === undefined || answer.code) return this.say(answer.message ?? "");
    this.saved(answer, sent, files);
  }

  private saved(answer: Answer, sent: string, files: HTMLInputElement[]): void {
    this.failures = 0;
    this.onSite = sent;
    this.set("version", String(answer.version));
    for (const field of files) field.value = "";
    for (const [name, html] of Object.entries(answer.files ?? {})) {
      const slot = this.form.querySelector(`[data-slot="${CSS.escape(name)}"]`);
      if (slot) slot.outerHTML = html; // drawn by the site's own template
    }
    if (answer.files) this.form.dispatchEvent(new Event("redrawn"));
    this.showFaults(answer.faults ?? {});
    if (this.isUnsent) return this.plan(PAUSE);
    this.forget();
    this.say(answer.message ?? "");
  }

  /** Say beside the fields what is wrong with what is typed in them; what is only missing waits for the sending. */
  private showFaults(faults: Record<string, string>): void {
    for (const old of this.form.querySelectorAll("[data-field-fault]")) old.remove();
    for (const [id, sentence] of Object.entries(faults)) {
      const field = this.form.querySelector(`#${CSS.escape(id)}`);
      if (!field || this.form.querySelector(`#${CSS.escape(`${id}_error`)}`)) continue;
      const said = Object.assign(document.createElement("p"), { className: "err", textContent: sentence });
      said.dataset["fieldFault"] = "";
      said.setAttribute("role", "status");
      field.after(said);
    }
  }

  private failed(why: "offline" | "fault" | "signedOut"): void {
    this.keep();
    this.tell(why);
    this.plan(PAUSES_AFTER_FAILURES[Math.min(this.failures, PAUSES_AFTER_FAILURES.length - 1)]!);
    this.failures += 1;
  }

  private ask(theirs: Answer): void {
    [this.theirs, this.isAsking] = [theirs, true];
    const place = this.form.querySelector<HTMLElement>("[data-versions]");
    const list = place?.querySelector("[data-theirs]");
    if (!place || !list) return;
    list.replaceChildren(...Object.entries(theirs.typed ?? {}).flatMap(([name, value]) => this.line(name, value)));
    place.hidden = false;
    place.querySelector<HTMLElement>("[data-choices]")?.removeAttribute("hidden");
    place.focus();
    this.say(theirs.message ?? "");
  }

  private line(name: string, value: unknown): HTMLElement[] {
    const label = this.form.querySelector(`label[for="${CSS.escape(`id_${name}`)}"]`)?.firstChild?.textContent ?? name;
    const words = Array.isArray(value) ? value.flat().join(", ") : String(value);
    const [term, said] = [document.createElement("dt"), document.createElement("dd")];
    [term.textContent, said.textContent] = [label, words];
    return [term, said];
  }

  private choose(which: string): void {
    if (!this.theirs) return;
    this.set("version", String(this.theirs.version ?? 0));
    this.isAsking = false;
    const place = this.form.querySelector<HTMLElement>("[data-versions]");
    if (place) place.hidden = true;
    if (which === "theirs") {
      this.isLeaving = true;
      this.forget();
      location.reload();
      return;
    }
    this.onSite = "";
    this.plan(0);
  }

  private async post(): Promise<Answer | "offline" | "fault"> {
    const first = await this.request({ method: "POST", body: new FormData(this.form) });
    if (typeof first === "string" || first.status !== 403) return read(first);
    // Signing in anew changes the token that the form needs.
    const fresh = await read(await this.request({}));
    if (typeof fresh === "string" || !fresh.token) return "fault";
    this.set("csrfmiddlewaretoken", fresh.token);
    return read(await this.request({ method: "POST", body: new FormData(this.form) }));
  }

  private async request(options: RequestInit): Promise<Response | "offline" | "fault"> {
    try {
      return await fetch(this.address, { ...options, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
    } catch (error) {
      return (error as Error).name === "TimeoutError" ? "fault" : "offline";
    }
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

async function read(response: Response | "offline" | "fault"): Promise<Answer | "offline" | "fault"> {
  if (typeof response === "string") return response;
  if (response.redirected || response.status >= 500 || response.status === 429) return "fault";
  return ((await response.json().catch(() => undefined)) as Answer | undefined) ?? "fault";
}

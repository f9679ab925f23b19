// The door: camera, hand-held reader, typing or a search in; one verdict out.
import { Camera, type Trouble } from "./scan-camera";
import { sameness } from "./scan-code";
import { FindPanel } from "./scan-find";
import { isEnd, listenToReader } from "./scan-keys";
import { Outbox } from "./scan-outbox";
import { Reader } from "./scan-reader";
import { askStatus, Refused, Token, type Answer, type Counts, type Scan, type Status } from "./scan-server";
import { unlockSound } from "./scan-sound";
import { LastStrip, WaitingStrip } from "./scan-strips";
import { VerdictScreen } from "./scan-verdict";

const SAME_CODE = 3_000;
const STATUS_EVERY = 15_000;
const SLOW = 1_500;
const IN_A_ROW = 3;
const WRONG = new Set(["wrong_list", "wrong_day", "wrong_product"]);
const RUNNING = "kermesse.door.running";
const WAY = "kermesse.door.way";

export function connectDoor(door: HTMLElement): void {
  const part = <T extends Element = HTMLElement>(name: string): T => door.querySelector<T>(`[data-part=${name}]`)!;
  const [finder, hint, form] = [part("finder"), part("hint"), part<HTMLFormElement>("form")];
  const input = form.querySelector<HTMLInputElement>("#code")!;
  const token = new Token(document, door.dataset["status"]!);
  const ways = [...door.querySelectorAll<HTMLInputElement>("input[name=direction]")];
  const list = door.dataset["list"]!;
  const gate = door.dataset["gate"] ?? "";
  const live = part("live");
  const screen = new VerdictScreen(door.querySelector<HTMLElement>("#verdict")!, live);
  const outbox = new Outbox(door.dataset["redeem"]!, token);
  const waiting = new WaitingStrip(part("waiting"), part("late"), live);
  const last = new LastStrip(part<HTMLFormElement>("last"), door.dataset["undo"]!, token, list);
  const camera = new Camera(part<HTMLVideoElement>("video"));
  const panel = new FindPanel(part("find"), live, door.dataset["find"]!, token, () => ({ list, direction: way() }));
  const seen = { code: "", at: -SAME_CODE };
  const row = { verdict: "", times: 0 };
  const late: [Scan, Answer][] = [];
  let reader: Reader | undefined;
  let current: Scan | undefined;
  let slow = 0;

  const way = (): Scan["direction"] => (ways.find((each) => each.checked)?.value === "out" ? "out" : "in");

  const say = (key: "aim" | "two" | "checking" | "starting"): void => {
    hint.textContent = hint.dataset[key] ?? "";
  };

  const prepared = (name: string, changes: Partial<Answer> = {}): Answer => {
    const { tone, word, advice } = door.querySelector<HTMLElement>(`[data-answer=${name}]`)!.dataset;
    const given = Object.fromEntries(Object.entries(changes).filter(([, text]) => text));
    return { tone, word, who: "", what: "", detail: "", advice, holds: true, ...given } as Answer;
  };

  const timeOf = (scan: Scan): string => {
    const at = new Date(scan.device_at);
    const isToday = at.toDateString() === new Date().toDateString();
    return at.toLocaleString(document.documentElement.lang, isToday ? { timeStyle: "medium" } : { dateStyle: "short", timeStyle: "short" });
  };
  const whose = (scan: Scan): string => door.dataset["whose"]!.replace("…", timeOf(scan));

  /** Take a code; one that waits for its answer already is the same scan, whoever reads it again. */
  function begin(code: string, source: Scan["source"]): void {
    const same = sameness(code) === seen.code && performance.now() - seen.at < SAME_CODE;
    if (source !== "typed" && source !== "name" && same) return;
    Object.assign(seen, { code: sameness(code), at: performance.now() });
    settle();
    screen.clear();
    const scan = outbox.waitingFor(code, list, way()) ?? {
      id: crypto.randomUUID(), list, source, direction: way(), code: code.replaceAll("\0", ""), device_at: new Date().toISOString(), gate,
    };
    current = scan;
    if (reader) reader.paused = true;
    say("checking");
    clearTimeout(slow);
    slow = window.setTimeout(() => current === scan && showWaiting(scan, "slow"), SLOW);
    outbox.ask(scan);
  }

  function showWaiting(scan: Scan, name: "slow" | "offline" | "strange"): void {
    const wasOpen = screen.isOpen;
    screen.show(prepared(name, { detail: whose(scan) }), { canRetry: name !== "slow", isQuiet: wasOpen && screen.tone === name });
  }

  outbox.onAnswer = (scan, answer) => {
    if (answer.can_undo && scan.list === list) last.show(scan, answer);
    if (answer.verdict === "admitted" || answer.verdict === "left") void count();
    if (scan === current) {
      settle();
      return show(answer);
    }
    tellLate(scan, answer);
  };

  function tellLate(scan: Scan, answer: Answer): void {
    waiting.add(answer, timeOf(scan));
    if (answer.tone === "yes" || answer.tone === "out") return;
    late.push([scan, answer]);
    showLate();
  }

  outbox.onSilence = (scan, isStrange) => {
    if (scan !== current) return;
    clearTimeout(slow);
    showWaiting(scan, isStrange ? "strange" : "offline");
  };

  outbox.onRefused = (scan, refused) => {
    const isCurrent = scan === current;
    // One that came late and is given up has its line and its screen, however many there are.
    if (!isCurrent && !outbox.isHalted) return tellLate(scan, prepared("refused", { advice: refused.message }));
    settle();
    stop(refused, isCurrent ? "" : whose(scan));
  };

  outbox.onChange = () => waiting.count(outbox.waiting.filter((scan) => scan !== current).length);

  /** The scan in front has its answer, or goes to those that wait. */
  function settle(): void {
    clearTimeout(slow);
    current = undefined;
  }

  function show(answer: Answer): void {
    const verdict = answer.verdict ?? "";
    Object.assign(row, { verdict, times: row.verdict === verdict ? row.times + 1 : 1 });
    const isRow = WRONG.has(verdict) && row.times >= IN_A_ROW;
    screen.show(answer, { canUndo: Boolean(answer.can_undo) && answer.holds, offersSwitch: isRow || (verdict === "wrong_list" && Boolean(answer.switch)) });
  }

  function showLate(): void {
    if (current || screen.isOpen || panel.isOpen) return;
    const next = late.shift();
    if (!next) return;
    if (reader) reader.paused = true;
    screen.show(next[1], { whose: whose(next[0]) });
  }

  function stop(refused: Refused, about = ""): void {
    const name = refused.code === "device_revoked" ? "withdrawn" : "refused";
    screen.show(prepared(name, { advice: refused.message }), { whose: about, canGo: outbox.isHalted || name === "withdrawn" });
  }

  function look(codes: string[]): void {
    const different = new Set(codes);
    if (different.size > 1) return say("two");
    const [code] = different;
    if (!code) return say("aim");
    if (screen.isOpen || panel.isOpen || current) return;
    const isSame = sameness(code) === seen.code && performance.now() - seen.at < SAME_CODE;
    if (isSame) seen.at = performance.now();
    else begin(code, "camera");
  }

  function showCounts(counted: Counts): void {
    part("admitted").textContent = counted.admitted.toLocaleString(document.documentElement.lang);
    part("admitted-label").textContent = counted.label;
    part("inside").textContent = `${counted.inside.toLocaleString(document.documentElement.lang)} ${counted.inside_label}`;
  }

  /** Ask what the list is now: its numbers, the change of day, another list chosen elsewhere, a phone withdrawn. */
  async function count(): Promise<void> {
    try {
      const status = await askStatus(door.dataset["status"]!, token);
      showCounts(status);
      follow(status);
      if (outbox.waiting.length) outbox.nudge();
    } catch (error) {
      if (error instanceof Refused && !screen.isOpen && !current) stop(error);
    }
  }

  function follow(status: Status): void {
    const isFree = !screen.isOpen && !panel.isOpen && !current && !input.value;
    const hasChanged = String(status.list) !== list || status.exits !== (ways.length > 0) || status.practice !== door.hasAttribute("data-practice");
    if (hasChanged && isFree) return location.reload();
    part("day").textContent = status.day;
    part("warning").hidden = !status.warning;
    part("warning-text").textContent = status.warning;
    const button = part<HTMLButtonElement>("warning-switch");
    button.hidden = !status.switch;
    if (status.switch) Object.assign(button, { value: String(status.switch.list), textContent: status.switch.button });
  }

  function trouble(name: Trouble | "decoder"): void {
    for (const panel of door.querySelectorAll<HTMLElement>("[data-trouble]")) panel.hidden = panel.dataset["trouble"] !== name;
    part("start-panel").hidden = name === "decoder";
    finder.classList.remove("running");
    hint.textContent = "";
    sessionStorage.removeItem(RUNNING);
  }

  async function start(): Promise<void> {
    for (const panel of door.querySelectorAll<HTMLElement>("[data-trouble]")) panel.hidden = true;
    part("start-panel").hidden = true;
    finder.classList.add("running");
    say("starting");
    if (!(await camera.start())) return;
    sessionStorage.setItem(RUNNING, "1");
    reader ??= openReader();
  }

  function openReader(): Reader {
    const made = new Reader(part<HTMLVideoElement>("video"), door.dataset["worker"]!, door.dataset["decoder"]!);
    made.onCodes = look;
    made.onBroken = () => trouble("decoder");
    return made;
  }

  function turn(): void {
    door.dataset["way"] = way();
    sessionStorage.setItem(WAY, way());
  }

  screen.onDone = () => {
    const waits = current;
    settle(); // "next person" leaves an unanswered scan with those that wait
    if (waits) outbox.onChange();
    seen.at = performance.now();
    if (reader) reader.paused = false;
    say("aim");
    // What may hold a typing mistake stays to be mended.
    if (waits || screen.tone === "yes" || screen.tone === "out") input.value = "";
    else input.select();
    showLate();
  };
  screen.onRetry = () => current && outbox.ask(current);
  screen.onUndo = () => {
    screen.hide();
    void last.undo();
  };
  last.onUndone = (counts) => {
    seen.code = "";
    showCounts(counts);
  };
  panel.onChosen = (code) => begin(code, "name");
  panel.onClosed = () => {
    if (reader) reader.paused = false;
    showLate();
  };
  camera.onTrouble = trouble;
  camera.onChange = () => {
    part("torch").hidden = !camera.hasTorch;
    part("torch").setAttribute("aria-pressed", String(camera.torch));
    part("lens").hidden = camera.lenses.length < 2;
  };
  part("start").addEventListener("click", () => {
    unlockSound();
    void start();
  });
  part("torch").addEventListener("click", () => void camera.setTorch(!camera.torch));
  part("lens").addEventListener("click", () => void camera.nextLens());
  door.querySelector("[data-part=find-open]")?.addEventListener("click", (event) => {
    event.preventDefault();
    if (reader) reader.paused = true;
    panel.open();
  });
  form.addEventListener("submit", (event) => {
    if (!input.value.trim()) return;
    event.preventDefault();
    unlockSound();
    begin(input.value, "typed");
  });
  // A hand-held reader may be set to end with a tabulator or a line feed also where the field is open.
  input.addEventListener("keydown", (event) => {
    if (!isEnd(event) || event.code === "Enter" || !input.value.trim() || event.shiftKey) return;
    event.preventDefault();
    form.requestSubmit();
  });
  for (const each of ways) {
    each.checked = each.value === (sessionStorage.getItem(WAY) ?? way());
    each.addEventListener("change", turn);
  }
  if (ways.length) turn();
  listenToReader((code) => panel.isOpen || begin(code, "reader"));
  setInterval(() => void (document.hidden || count()), STATUS_EVERY);
  waiting.count(outbox.waiting.length);
  queueMicrotask(() => outbox.nudge());
  finder.hidden = false;
  if (sessionStorage.getItem(RUNNING)) void start();
}

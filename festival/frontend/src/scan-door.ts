// The door: camera, hand-held reader or typing in; one verdict out.
import { Camera, type Trouble } from "./scan-camera";
import { listenToReader } from "./scan-keys";
import { Reader } from "./scan-reader";
import { admitted, redeem, Refused, type Answer, type Scan } from "./scan-server";
import { unlockSound } from "./scan-sound";
import { VerdictScreen } from "./scan-verdict";

const SAME_CODE = 3_000;
const COUNT_EVERY = 15_000;

export function connectDoor(door: HTMLElement): void {
  const part = <T extends Element = HTMLElement>(name: string): T => door.querySelector<T>(`[data-part=${name}]`)!;
  const [finder, hint, form] = [part("finder"), part("hint"), part<HTMLFormElement>("form")];
  const input = form.querySelector<HTMLInputElement>("#code")!;
  const csrf = form.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")!.value;
  const screen = new VerdictScreen(door.querySelector<HTMLElement>("#verdict")!, part("live"));
  const camera = new Camera(part<HTMLVideoElement>("video"));
  const seen = { code: "", at: -SAME_CODE };
  let reader: Reader | undefined;
  let pending: Scan | undefined;
  let busy = false;

  const say = (key: "aim" | "two" | "checking" | "starting"): void => {
    hint.textContent = hint.dataset[key] ?? "";
  };

  const prepared = (name: "offline" | "refused", advice = ""): Answer => {
    const { tone, word, advice: usual } = door.querySelector<HTMLElement>(`[data-answer=${name}]`)!.dataset;
    return { tone, word, who: "", what: "", detail: "", advice: advice || usual, holds: true } as Answer;
  };

  async function submit(scan: Scan): Promise<void> {
    if (busy) return;
    busy = true;
    if (reader) reader.paused = true;
    say("checking");
    pending = scan;
    try {
      const answer = await redeem(door.dataset["redeem"]!, scan, csrf);
      pending = undefined;
      screen.show(answer, { canRetry: false });
      if (answer.verdict === "admitted") void count();
    } catch (error) {
      const refused = error instanceof Refused;
      screen.show(prepared(refused ? "refused" : "offline", refused ? error.message : ""), { canRetry: !refused });
    } finally {
      busy = false;
    }
  }

  function begin(code: string, source: Scan["source"]): void {
    if (busy || (screen.isOpen && source === "camera")) return;
    screen.hide();
    void submit({ id: crypto.randomUUID(), list: door.dataset["list"]!, source, code: code.replaceAll("\0", "") });
  }

  function look(codes: string[]): void {
    const different = new Set(codes);
    if (different.size > 1) return say("two");
    const [code] = different;
    if (!code) return say("aim");
    const now = performance.now();
    const isSame = code === seen.code && now - seen.at < SAME_CODE;
    Object.assign(seen, { code, at: now });
    if (!isSame) begin(code, "camera");
  }

  async function count(): Promise<void> {
    const counted = await admitted(door.dataset["status"]!).catch(() => undefined);
    if (!counted) return;
    part("admitted").textContent = counted.admitted.toLocaleString(document.documentElement.lang);
    part("admitted-label").textContent = counted.label;
  }

  function trouble(name: Trouble | "decoder"): void {
    for (const panel of door.querySelectorAll<HTMLElement>("[data-trouble]")) panel.hidden = panel.dataset["trouble"] !== name;
    part("start-panel").hidden = name === "decoder";
    finder.classList.remove("running");
    hint.textContent = "";
  }

  async function start(): Promise<void> {
    unlockSound();
    for (const panel of door.querySelectorAll<HTMLElement>("[data-trouble]")) panel.hidden = true;
    part("start-panel").hidden = true;
    finder.classList.add("running");
    say("starting");
    if (await camera.start()) reader ??= openReader();
  }

  function openReader(): Reader {
    const made = new Reader(part<HTMLVideoElement>("video"), door.dataset["worker"]!, door.dataset["decoder"]!);
    made.onCodes = look;
    made.onBroken = () => trouble("decoder");
    return made;
  }

  screen.onDone = () => {
    pending = undefined;
    seen.at = performance.now();
    if (reader) reader.paused = false;
    say("aim");
    // What may hold a typing mistake stays to be mended.
    if (screen.tone === "yes") input.value = "";
    else input.select();
  };
  screen.onRetry = () => void (pending && submit(pending));
  window.addEventListener("online", () => screen.isOpen && pending && void submit(pending));
  camera.onTrouble = trouble;
  camera.onChange = () => {
    part("torch").hidden = !camera.hasTorch;
    part("torch").setAttribute("aria-pressed", String(camera.torch));
    part("lens").hidden = camera.lenses.length < 2;
  };
  part("start").addEventListener("click", () => void start());
  part("torch").addEventListener("click", () => void camera.setTorch(!camera.torch));
  part("lens").addEventListener("click", () => void camera.nextLens());
  form.addEventListener("submit", (event) => {
    if (!input.value.trim()) return;
    event.preventDefault();
    unlockSound();
    begin(input.value, "typed");
  });
  listenToReader((code) => begin(code, "reader"));
  setInterval(() => void (document.hidden || count()), COUNT_EVERY);
  finder.hidden = false;
}

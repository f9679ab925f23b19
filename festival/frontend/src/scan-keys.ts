// Hand-held readers type like a keyboard. Two things are written down: the signs that came, and the physical keys, because
// a reader set to a US keyboard types rubbish on a French phone. Whichever holds a code of ours is taken.
import { codeIn } from "./scan-code";

// Outside of every field nobody types, so a slow reader may take its time; hands are kept out by the length.
const SLOWEST_READER = 300;
const SHORTEST = 6;
const WITHOUT_END = 8; // some readers are set to send nothing after the code

const SIGNS: Record<string, string> = { BracketRight: "]", Minus: "-", NumpadSubtract: "-", Slash: "/", Period: ".", Semicolon: ":", Space: " " };

export function listenToReader(onCode: (code: string) => void): void {
  let [signs, keys] = ["", ""];
  let last = 0;
  let timer = 0;

  const take = (): boolean => {
    clearTimeout(timer);
    const [came, meant] = [signs, keys];
    [signs, keys] = ["", ""];
    if (Math.max(came.length, meant.length) < SHORTEST) return false;
    onCode(codeIn(came) ? came : meant || came);
    return true;
  };

  window.addEventListener("keydown", (event) => {
    if (isField(event.target) || event.altKey || event.metaKey) return;
    if (event.timeStamp - last >= SLOWEST_READER) [signs, keys] = ["", ""];
    last = event.timeStamp;
    if (isEnd(event)) {
      if (!take()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    } else if (!event.ctrlKey) {
      if ([...event.key].length === 1) signs += event.key;
      keys += /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code)?.[1] ?? SIGNS[event.code] ?? "";
      clearTimeout(timer);
      timer = window.setTimeout(() => void (Math.max(signs.length, keys.length) >= WITHOUT_END && take()), SLOWEST_READER);
    }
  }, { capture: true });
}

/** Enter, Tab, and what readers send for CR and LF when they are set to control characters. */
export function isEnd(event: KeyboardEvent): boolean {
  const names = [event.code, event.key];
  if (names.some((name) => name === "Enter" || name === "NumpadEnter" || name === "Tab")) return true;
  return event.ctrlKey && (event.code === "KeyJ" || event.code === "KeyM");
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input:not([type=radio]), textarea, select");
}

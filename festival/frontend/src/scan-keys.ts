// Hand-held readers type like a keyboard, but faster than any hand. The physical key is read, because a reader set to a
// US keyboard would otherwise type rubbish on a French phone.
const FASTEST_HAND = 35;
const SHORTEST = 6;

export function listenToReader(onCode: (code: string) => void): void {
  let typed = "";
  let last = 0;
  window.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isField(event.target)) return;
    const isFast = event.timeStamp - last < FASTEST_HAND;
    if (!isFast) typed = "";
    last = event.timeStamp;
    if (event.code === "Enter" || event.code === "NumpadEnter" || event.code === "Tab") {
      if (typed.length < SHORTEST) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      onCode(typed);
      typed = "";
    } else typed += /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code)?.[1] ?? "";
  }, { capture: true });
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select");
}

// The screen above the stage: keys and presenters turn the scenes, one at a time. Without this its links do.
//
// Before the ceremony has begun a scene is asked for when it is shown. From then on all that follow are fetched ahead
// and kept here, out of the page: a hall whose network drops must not stop a ceremony.

const FORWARD = new Set([" ", "Enter", "ArrowRight", "ArrowDown", "PageDown"]);
const BACK = new Set(["ArrowLeft", "ArrowUp", "PageUp", "Backspace"]);
const BLACK = new Set(["b", "B", "."]);
const PATIENCE = 10_000;
const AGAIN = 5_000;

/** A scene, and the links and the form below it. */
interface Kept {
  scene: Element;
  foot: Element | null;
}

function partsOf(root: ParentNode): Kept | null {
  const scene = root.querySelector("[data-scene]");
  return scene && { scene: scene.cloneNode(true) as Element, foot: (root.querySelector("[data-foot]")?.cloneNode(true) as Element | undefined) ?? null };
}

export function connectStage(stage: HTMLElement): void {
  const address = stage.dataset.stage ?? "";
  const last = Number(stage.dataset.last);
  const publishes = stage.dataset.publishes === undefined ? undefined : Number(stage.dataset.publishes);
  const kept = new Map<number, Kept>();
  let number = Number(stage.dataset.number);
  let turning = false;
  let isTold = false;

  const say = (words: string) => (stage.querySelector("[data-status]")!.textContent = words);
  const addressOf = (wanted: number) => `${address}${wanted}/`;

  async function fetched(wanted: number): Promise<Kept | null> {
    const there = kept.get(wanted);
    if (there) return there;
    try {
      const response = await fetch(addressOf(wanted), { signal: AbortSignal.timeout(PATIENCE) });
      // A page without a scene is the sign-in: the session has ended.
      const found = response.ok ? partsOf(new DOMParser().parseFromString(await response.text(), "text/html")) : null;
      if (found) kept.set(wanted, found);
      return found;
    } catch {
      return null;
    }
  }

  async function turn(wanted: number): Promise<void> {
    if (turning || wanted < 0 || wanted > last) return;
    turning = true;
    const found = await fetched(wanted);
    turning = false;
    if (!found) return void say(stage.dataset.trouble ?? "");
    say("");
    number = wanted;
    stage.querySelector("[data-scene]")!.replaceWith(document.importNode(found.scene, true));
    if (found.foot) stage.querySelector("[data-foot]")!.replaceWith(document.importNode(found.foot, true));
    history.replaceState(null, "", addressOf(number));
    if (number === publishes) void tell();
  }

  async function ahead(): Promise<void> {
    for (let wanted = 0; wanted <= last; wanted++) {
      if (!(await fetched(wanted))) return void setTimeout(ahead, AGAIN);
    }
    stage.dataset.held = ""; // from now on the network may go
  }

  /** Everybody may know now; where the network is away, it is said once that is back. */
  async function tell(): Promise<void> {
    if (isTold) return;
    const body = new FormData(stage.querySelector<HTMLFormElement>("[data-foot]")!);
    const options = { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) };
    const response = await fetch(addressOf(number), options).catch(() => null);
    isTold = response?.ok === true && !response.redirected;
    if (!isTold) setTimeout(tell, AGAIN);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (BLACK.has(event.key)) stage.classList.toggle("is-black");
    else if (event.key === "f") void (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.());
    else if (FORWARD.has(event.key) && !(event.target as Element).closest?.("a, button")) {
      event.preventDefault();
      // A key that lights the black screen again shows what was there, and nothing new.
      if (stage.classList.contains("is-black")) stage.classList.remove("is-black");
      else void turn(number + 1);
    } else if (BACK.has(event.key)) {
      event.preventDefault();
      void turn(number - 1);
    } else return;
    stage.classList.add("is-live");
  });
  kept.set(number, partsOf(stage)!);
  stage.dataset.ready = "";
  if (number === publishes) void tell();
  if (stage.dataset.begun !== undefined) void ahead();
}

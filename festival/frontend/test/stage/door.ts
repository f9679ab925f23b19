// The door's page, open on a phone.
import { connectDoor } from "../../src/scan-door";
import { givePhone } from "./cameras";
import { film, giveDecoder } from "./decoder";
import { SAME } from "./network";
import { all, click, one, openPage, place, settle } from "./page";
import { giveSound } from "./sounds";

const page = (ways: boolean): string => `
  <div data-behavior="door" data-redeem="/scan/redeem/" data-status="/scan/status/" data-find="/scan/find/" data-undo="/scan/undo/" data-list="7" data-gate="2" data-whose="Scan of …" data-worker="/worker.js" data-decoder="/decoder.wasm">
    <p><b data-part="admitted">3</b> <span data-part="admitted-label">inside</span></p><p data-part="day"></p><p data-part="inside"></p>
    <form data-part="warning" hidden><p data-part="warning-text"></p><button name="list" data-part="warning-switch" hidden></button></form>
    ${ways ? ["in", "out"].map((way) => `<input type="radio" name="direction" value="${way}" ${way === "in" ? "checked" : ""}>`).join("") : ""}
    <p data-part="waiting" data-words="Waiting: …" hidden></p><ul data-part="late"></ul>
    <form data-part="last" data-undone="Taken back." data-offline="No network." hidden><input name="id" value="act-0"><input name="scan"><p data-part="last-text"></p><button>Take back</button></form>
    <div data-part="finder" hidden>
      <video data-part="video"></video>
      <p data-part="hint" data-aim="Aim" data-two="Two codes" data-checking="Checking" data-starting="Starting"></p>
      <div data-part="start-panel"><button data-part="start">Start</button></div>
      <button data-part="torch" aria-pressed="false" hidden>Light</button><button data-part="lens" hidden>Other camera</button>
    </div>
    ${["denied", "missing", "busy", "decoder"].map((name) => `<div data-trouble="${name}" hidden></div>`).join("")}
    <template data-answer="slow" data-tone="wait" data-word="Checking" data-advice="Slow."></template>
    <template data-answer="offline" data-tone="offline" data-word="No network" data-advice="Kept."></template>
    <template data-answer="strange" data-tone="offline" data-word="No answer" data-advice="Wi-Fi?"></template>
    <template data-answer="withdrawn" data-tone="no" data-word="Withdrawn" data-advice="Ask."></template>
    <template data-answer="refused" data-tone="question" data-word="Stop" data-advice="Reload the page."></template>
    <form data-part="form"><input type="hidden" name="csrfmiddlewaretoken" value="t0ken"><input id="code" name="code"><button>Check</button></form>
    <section id="verdict" hidden>
      ${["whose", "word", "who", "what", "detail", "advice"].map((part) => `<p data-part="${part}"></p>`).join("")}
      <form data-part="switch" data-unsure="Right list?" hidden><p data-part="switch-reason"></p><button name="list" data-part="switch-button"></button></form>
      <button data-part="undo" hidden>Take back</button><button data-part="retry" hidden>Again</button><a data-part="go" href="/scan/" hidden>Sign in</a>
      <a class="verdict-next" href="/scan/door/">Next</a>
    </section>
    <a data-part="find-open" href="/scan/find/">Find</a>
    <section data-part="find" data-checking="Checking" data-offline="No network." hidden>
      <form id="find-form"><input name="words"><button>Find</button></form><p data-part="find-message"></p>
      <template><li><button type="button"><b data-found="name"></b><span data-found="what"></span><span data-found="when"></span><strong data-found="state"></strong></button></li></template>
      <ul data-part="find-list"></ul><button data-part="find-close">Back</button>
    </section>
    <p data-part="live"></p>
  </div>`;

export const DOOR = page(false);

/** An answer of the server that waits for a hand; give it what differs. */
export const answer = (changes: object = {}): object => ({
  id: SAME, tone: "no", word: "No", who: "", what: "", detail: "", advice: "", holds: true, verdict: "cancelled", can_undo: false, switch: null, ...changes,
});

/** What the server says of the list; give it what differs. */
export const status = (changes: object = {}): object => ({
  list: 7, day: "Tuesday", warning: "", switch: null, practice: false, exits: false, token: "t0ken", admitted: 4, label: "inside", inside: 2, inside_label: "inside now", ...changes,
});

export function openDoor(cameras: Record<string, string> = { back: "Back" }, options: Parameters<typeof givePhone>[1] & { ways?: boolean; before?: () => void } = {}) {
  const opened = openPage(page(options?.ways ?? false));
  options?.before?.();
  const decoder = giveDecoder();
  const phone = givePhone(cameras, { frames: false, ...options });
  film(one("video"), [640, 480]);
  const { buzzes } = giveSound();
  let ids = 0;
  place("crypto", { randomUUID: () => `scan-${(ids += 1)}` });
  connectDoor(one('[data-behavior="door"]'));
  return {
    ...opened,
    decoder,
    phone,
    buzzes,
    /** The scans that went to the server. */
    scans: () => opened.network.asked.filter(({ method }) => method === "POST").filter(({ url }) => url === "/scan/redeem/").map(({ body }) => {
      const { device_at, gate: _gate, kept: _kept, ...scan } = JSON.parse(body as string) as Record<string, string>;
      if (Number.isNaN(Date.parse(device_at!))) throw new Error("a scan without the phone's clock");
      return scan;
    }),
    /** Start the camera and its decoder. */
    start: async () => {
      click("[data-part=start]");
      await settle();
      decoder.tells({ type: "ready" });
      await settle();
    },
    /** The decoder finds these codes in the picture. */
    film: async (...codes: string[]) => {
      decoder.tells({ type: "codes", codes });
      await settle();
    },
    /** A code is typed and sent. */
    typeIn: async (code: string) => {
      one<HTMLInputElement>("#code").value = code;
      one<HTMLFormElement>("[data-part=form]").requestSubmit(one("[data-part=form] button"));
      await settle();
    },
  };
}

export const hint = (): string | null => one("[data-part=hint]").textContent;
/** The word on the open screen, or nothing. */
export const verdict = (): string | null => (one("#verdict").hidden ? null : one("#verdict [data-part=word]").textContent);
export const troubles = (): (string | undefined)[] => all("[data-trouble]:not([hidden])").map((panel) => panel.dataset["trouble"]);

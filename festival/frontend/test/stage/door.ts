// The door's page, open on a phone.
import { connectDoor } from "../../src/scan-door";
import { givePhone } from "./cameras";
import { film, giveDecoder } from "./decoder";
import { all, click, one, openPage, place, settle } from "./page";
import { giveSound } from "./sounds";

export const DOOR = `
  <div data-behavior="door" data-redeem="/scan/redeem/" data-status="/scan/status/" data-list="7" data-worker="/worker.js" data-decoder="/decoder.wasm">
    <p><b data-part="admitted">3</b> <span data-part="admitted-label">inside</span></p>
    <div data-part="finder" hidden>
      <video data-part="video"></video>
      <p data-part="hint" data-aim="Aim" data-two="Two codes" data-checking="Checking" data-starting="Starting"></p>
      <div data-part="start-panel"><button data-part="start">Start</button></div>
      <button data-part="torch" aria-pressed="false" hidden>Light</button><button data-part="lens" hidden>Other camera</button>
    </div>
    ${["denied", "missing", "busy", "decoder"].map((name) => `<div data-trouble="${name}" hidden></div>`).join("")}
    <template data-answer="offline" data-tone="offline" data-word="No network" data-advice="Try again."></template>
    <template data-answer="refused" data-tone="question" data-word="Stop" data-advice="Reload the page."></template>
    <form data-part="form"><input type="hidden" name="csrfmiddlewaretoken" value="t0ken"><input id="code" name="code"><button>Check</button></form>
    <section id="verdict" hidden>
      ${["word", "who", "what", "detail", "advice"].map((part) => `<p data-part="${part}"></p>`).join("")}
      <a class="verdict-next" href="/scan/door/">Next</a><button data-part="retry" hidden>Again</button>
    </section>
    <p data-part="live"></p>
  </div>`;

/** An answer of the server that waits for a hand; give it what differs. */
export const answer = (changes: object = {}): object => ({
  tone: "no", word: "No", who: "", what: "", detail: "", advice: "", holds: true, verdict: "cancelled", ...changes,
});

export function openDoor(cameras: Record<string, string> = { back: "Back" }, options: Parameters<typeof givePhone>[1] = {}) {
  const page = openPage(DOOR);
  const decoder = giveDecoder();
  const phone = givePhone(cameras, { frames: false, ...options });
  film(one("video"), [640, 480]);
  const { buzzes } = giveSound();
  let ids = 0;
  place("crypto", { randomUUID: () => `scan-${(ids += 1)}` });
  connectDoor(one('[data-behavior="door"]'));
  return {
    ...page,
    decoder,
    phone,
    buzzes,
    /** The scans that went to the server. */
    scans: () => page.network.asked.filter(({ method }) => method === "POST").map(({ body }) => JSON.parse(body as string) as Record<string, string>),
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
      one<HTMLFormElement>("form").requestSubmit(one("form button"));
      await settle();
    },
  };
}

export const hint = (): string | null => one("[data-part=hint]").textContent;
/** The word on the open screen, or nothing. */
export const verdict = (): string | null => (one("#verdict").hidden ? null : one("#verdict [data-part=word]").textContent);
export const troubles = (): (string | undefined)[] => all("[data-trouble]:not([hidden])").map((panel) => panel.dataset["trouble"]);

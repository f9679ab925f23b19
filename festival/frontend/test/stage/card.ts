// A juror's scorecard, open in a browser that may have kept something of before.
import { connectAutosave } from "../../src/jury-autosave";
import type { Kept } from "../../src/jury-kept";
import { all, one, openPage, place, send, type } from "./page";

const SHEET = "/jury/x/entries/drill/";
const radios = (name: string, mark?: number): string =>
  [0, 1, 2].map((value) => `<input type="radio" name="mark-${name}" value="${value}"${value === mark ? " checked" : ""}>`).join("");

export const PANEL = `
  <section data-versions hidden tabindex="-1"><dl data-version="mine"></dl><button type="button" data-take="mine"></button>
    <dl data-version="theirs"></dl><button type="button" data-take="theirs"></button>
    <p data-both hidden><button type="button" data-take="both"></button></p>
    <template data-word="comment">Comment</template><template data-word="none">–</template></section>`;

interface Options {
  attributes?: string;
  comment?: string;
  impact?: number;
  version?: number;
  /** What the browser has kept, by key. */
  kept?: Record<string, Kept>;
  /** A browser that keeps nothing. */
  refuses?: boolean;
}

const card = ({ attributes = "data-autosave", comment = "", impact, version = 3 }: Options): string => `
  <form data-user="7" data-card="21" data-title="Drill" data-state="${SHEET}draft/" ${attributes}>
    <input type="hidden" name="csrfmiddlewaretoken" value="old"><input type="hidden" name="typed_by" value="7">
    ${PANEL}
    <input type="hidden" name="version" value="${version}"><input type="hidden" name="window"><input type="hidden" name="turn">
    <fieldset><legend>Impact <span>60</span></legend>${radios("impact", impact)}</fieldset>
    <textarea name="comment">${comment}</textarea>
    <button name="submit" value="1">Submit</button><button name="draft" value="1">Keep</button>
    <p data-saved data-saving="Saving" data-changed="Changed, kept" data-changed-unkept="Changed, here only" data-offline="No network, kept"
      data-offline-unkept="No network, here only" data-fault="Fault, kept" data-signed-out="Signed out, kept" data-signed-out-unkept="Signed out, here only"
      data-refused="Refused, kept" data-choose="Choose" data-restored="Back" data-restored-done="Back, hand in">Saved before.</p>
    <p data-sign-in hidden><a href="/login/">Sign in</a></p>
  </form>`;

export type Card = ReturnType<typeof openCard>;

export function openCard(options: Options = {}) {
  const page = openPage(card(options), `https://fest.example${SHEET}`);
  for (const [key, value] of Object.entries(options.kept ?? {})) localStorage.setItem(key, JSON.stringify(value));
  if (options.refuses) Object.defineProperty(globalThis, "localStorage", { value: undefined, configurable: true, writable: true });
  const form = one<HTMLFormElement>("form");
  const sent: string[] = [];
  // As in a browser: the button of that name hides the form's method.
  Object.defineProperty(form, "submit", { value: one("[name=submit]") });
  const submit = () => sent.push(all<HTMLInputElement>("input[type=hidden]").at(-1)!.name);
  place("submit", submit, HTMLFormElement.prototype);
  connectAutosave(form);
  return {
    ...page,
    form,
    /** Buttons that were sent as a browser does it. */
    sent,
    status: () => one("[data-saved]").textContent,
    version: () => one<HTMLInputElement>("[name=version]").value,
    comment: () => one<HTMLTextAreaElement>("textarea").value,
    mark: () => all<HTMLInputElement>("fieldset input:checked").map(({ value }) => value).join(),
    /** What went to the site: the last part of the address, version, comment. */
    drafts: () =>
      page.network.asked.filter(({ method }) => method === "POST").map(({ body }) => {
        const data = body as FormData;
        return [data.get("version"), data.get("comment"), ...(data.has("submit") ? ["submit"] : [])];
      }),
    turns: () => page.network.asked.filter(({ method }) => method === "POST").map(({ body }) => (body as FormData).get("turn")),
    asks: () => send(window, "beforeunload").defaultPrevented,
    press: (name: string) => form.requestSubmit(one<HTMLButtonElement>(`[name=${name}]`)),
    take: (choice: string) => one(`[data-take=${choice}]`).click(),
    versions: () => (one("[data-versions]").hidden ? undefined : all("[data-version]").map((list) => list.textContent)),
    say: (text: string) => type("textarea", text),
  };
}

/** What this browser keeps: the comments. */
export const keptHere = (): string[] =>
  Array.from({ length: localStorage.length }, (_, place) => (JSON.parse(localStorage.getItem(localStorage.key(place)!)!) as Kept).fields.comment);

export const leftBehind = (comment: string, changes: Partial<Kept> = {}): Kept => ({
  window: "gone", version: 3, at: 1, title: "Drill", address: SHEET, fields: { comment, marks: {} }, ...changes,
});

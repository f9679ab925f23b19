// Asks the site, and never takes for saved what is not.
import type { Fields } from "./jury-kept";

/** A card as the site has it. */
export interface Card {
  version: number;
  state: string;
  comment: string;
  marks: Record<string, number>;
  notes?: Record<string, string>;
  saved: string;
}

export type Outcome =
  | { kind: "saved"; message: string; version: number }
  | { kind: "done"; next: string }
  | { kind: "conflict"; message: string; card: Card }
  | { kind: "refused" | "invalid" | "otherAccount"; message: string }
  | { kind: "signedOut" | "offline" | "fault" };

interface Answer {
  message?: string;
  version?: number;
  next?: string;
  code?: string;
  card?: Card;
}

const PATIENCE = 10_000;

export function fieldsOnSite({ comment, marks, notes }: Card): Fields {
  return { comment, marks: Object.fromEntries(Object.entries(marks).map(([slug, mark]) => [slug, String(mark)])), ...(notes ? { notes } : {}) };
}

/** Send the form. Signing in anew changes the token that it needs; then the new one is asked for at `state`. */
export async function post(form: HTMLFormElement, address: string, state: string, button?: HTMLButtonElement): Promise<Outcome> {
  const first = await send(form, address, button);
  if (!(first instanceof Response) || first.status !== 403) return read(first);
  const fresh = await request(state, {});
  if (!(fresh instanceof Response) || !fresh.ok || fresh.redirected) return read(fresh);
  const { token } = (await fresh.json().catch(() => ({}))) as { token?: string };
  const field = form.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]");
  if (!token || !field) return { kind: "fault" };
  field.value = token;
  return read(await send(form, address, button));
}

function send(form: HTMLFormElement, address: string, button?: HTMLButtonElement): Promise<Response | Outcome> {
  const body = new FormData(form);
  if (button?.name) body.set(button.name, button.value);
  // It goes on its way even when the page is closed at this moment.
  return request(address, { method: "POST", body, keepalive: true });
}

async function request(address: string, options: RequestInit): Promise<Response | Outcome> {
  try {
    return await fetch(address, { ...options, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) });
  } catch (error) {
    return { kind: (error as Error).name === "TimeoutError" ? "fault" : "offline" };
  }
}

async function read(response: Response | Outcome): Promise<Outcome> {
  if (!(response instanceof Response)) return response;
  // Whoever is sent elsewhere, to sign in or to show the second factor, has saved nothing.
  if (response.status === 401 || response.redirected) return { kind: "signedOut" };
  if (response.status >= 500 || response.status === 429) return { kind: "fault" };
  const answer = (await response.json().catch(() => ({}))) as Answer;
  const message = answer.message ?? "";
  if (response.status === 422) return { kind: "invalid", message };
  if (answer.code === "scorecard_changed" && answer.card) return { kind: "conflict", message, card: answer.card };
  if (answer.code === "other_account") return { kind: "otherAccount", message };
  if (!response.ok) return { kind: "refused", message };
  if (answer.next !== undefined) return { kind: "done", next: answer.next };
  return answer.version === undefined ? { kind: "fault" } : { kind: "saved", message, version: answer.version };
}

// Asks the server. The same scan keeps its id through every try, so nothing is counted twice. Only the server's own words
// are an answer: a page of the Wi-Fi, a proxy's error, or half an answer are none.
import type { Tone } from "./scan-sound";

export interface Switch {
  list: number;
  reason: string;
  button: string;
}

export interface Answer {
  tone: Tone;
  word: string;
  who: string;
  what: string;
  detail: string;
  advice: string;
  holds: boolean;
  id?: string;
  verdict?: string;
  can_undo?: boolean;
  switch?: Switch | null;
}

export interface Scan {
  id: string;
  list: string;
  source: "camera" | "typed" | "reader" | "name";
  direction: "in" | "out";
  code: string;
  device_at: string;
  /** Number of the gate at which it was read; empty where there is none. */
  gate?: string;
}

export interface Counts {
  admitted: number;
  label: string;
  inside: number;
  inside_label: string;
}

export interface Status extends Counts {
  list: number;
  day: string;
  warning: string;
  switch: Switch | null;
  practice: boolean;
  exits: boolean;
  token: string;
}

export interface Candidate {
  code: string;
  name: string;
  what: string;
  when: string;
  state: string;
  tone: string;
}

/** The server has said no for a reason that another try does not mend: signed out, withdrawn, moved. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    detail: string,
  ) {
    super(detail);
  }
}

/** No answer came: offline, too slow, down; or something else than our server has answered. */
export class Unreachable extends Error {
  constructor(readonly isStrange: boolean) {
    super();
  }
}

/**
 * What proves that a request comes from our page. Signing in in another tab makes it anew: every answer about the list
 * brings the present one, and it is asked for when the server does not know ours.
 */
export class Token {
  constructor(
    private readonly page: ParentNode,
    private readonly status: string,
  ) {}

  get value(): string {
    return this.page.querySelector<HTMLInputElement>(FIELD)?.value ?? "";
  }

  /** Keep it in the page's forms, so that those without script go through as well. */
  take(value: unknown): void {
    if (typeof value !== "string" || !value) return;
    for (const field of this.page.querySelectorAll<HTMLInputElement>(FIELD)) field.value = value;
  }

  async renew(): Promise<void> {
    await askStatus(this.status, this);
  }
}

const FIELD = "[name=csrfmiddlewaretoken]";
const OUT_OF_DATE = "form_out_of_date";
const PATIENCE = 6_000;
const MOST_PATIENCE = 24_000;

/** Wait longer at each try: a server that always takes ten seconds shall be heard at last. */
export function patience(tries: number): number {
  return Math.min(MOST_PATIENCE, PATIENCE * 2 ** tries);
}

/** Ask for a scan. `isKept`: it was sent before, or read on an earlier page, so the phone may point elsewhere by now. */
export async function redeem(url: string, scan: Scan, token: Token, tries = 0, isKept = false): Promise<Answer> {
  const answer = await post<Answer>(url, isKept ? { ...scan, kept: 1 } : scan, token, patience(tries));
  if (answer.id !== scan.id || typeof answer.word !== "string" || typeof answer.tone !== "string") throw new Unreachable(true);
  return answer;
}

export async function askStatus(url: string, token: Token): Promise<Status> {
  const status = await ask<Status>(url, { headers: { Accept: "application/json" } }, PATIENCE);
  if (typeof status.admitted !== "number") throw new Unreachable(true);
  token.take(status.token);
  return status;
}

export async function find(url: string, body: object, token: Token): Promise<{ found: Candidate[]; message: string }> {
  const answer = await post<{ found: Candidate[]; message: string }>(url, body, token, PATIENCE);
  if (!Array.isArray(answer.found)) throw new Unreachable(true);
  return answer;
}

export async function undo(url: string, body: object, token: Token): Promise<Counts> {
  const answer = await post<Counts>(url, body, token, PATIENCE);
  if (typeof answer.admitted !== "number") throw new Unreachable(true);
  return answer;
}

/** Send; a token that the server does not know any more is renewed, once. Refused twice says nothing of the scan. */
async function post<T>(url: string, body: object, token: Token, wait: number): Promise<T> {
  const send = (): Promise<T> => {
    const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token.value };
    return ask<T>(url, { method: "POST", headers, body: JSON.stringify(body) }, wait);
  };
  const isOutOfDate = (error: unknown): boolean => error instanceof Refused && error.code === OUT_OF_DATE;
  try {
    return await send();
  } catch (error) {
    if (!isOutOfDate(error)) throw error;
  }
  await token.renew();
  try {
    return await send();
  } catch (error) {
    throw isOutOfDate(error) ? new Unreachable(true) : error;
  }
}

async function ask<T>(url: string, options: RequestInit, wait: number): Promise<T> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(url, { ...options, credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(wait) });
    body = isJson(response) ? await response.json() : undefined;
  } catch {
    throw new Unreachable(false);
  }
  if (response.status >= 500) throw new Unreachable(false);
  if (response.redirected || typeof body !== "object" || body === null) throw new Unreachable(true);
  if (response.ok) return body as T;
  const { code, detail } = body as { code?: unknown; detail?: unknown };
  if (typeof code !== "string") throw new Unreachable(true);
  throw new Refused(code, typeof detail === "string" ? detail : "");
}

function isJson(response: Response): boolean {
  return /^application\/(?:problem\+)?json\b/.test(response.headers.get("Content-Type") ?? "");
}

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

const PATIENCE = 6_000;
const MOST_PATIENCE = 24_000;

/** Wait longer at each try: a server that always takes ten seconds shall be heard at last. */
export function patience(tries: number): number {
  return Math.min(MOST_PATIENCE, PATIENCE * 2 ** tries);
}

export async function redeem(url: string, scan: Scan, csrf: string, tries = 0): Promise<Answer> {
  const answer = await post<Answer>(url, scan, csrf, patience(tries));
  if (answer.id !== scan.id || typeof answer.word !== "string" || typeof answer.tone !== "string") throw new Unreachable(true);
  return answer;
}

export async function askStatus(url: string): Promise<Status> {
  const status = await ask<Status>(url, { headers: { Accept: "application/json" } }, PATIENCE);
  if (typeof status.admitted !== "number") throw new Unreachable(true);
  return status;
}

export async function find(url: string, body: object, csrf: string): Promise<{ found: Candidate[]; message: string }> {
  const answer = await post<{ found: Candidate[]; message: string }>(url, body, csrf, PATIENCE);
  if (!Array.isArray(answer.found)) throw new Unreachable(true);
  return answer;
}

export async function undo(url: string, body: object, csrf: string): Promise<Counts> {
  const answer = await post<Counts>(url, body, csrf, PATIENCE);
  if (typeof answer.admitted !== "number") throw new Unreachable(true);
  return answer;
}

function post<T>(url: string, body: object, csrf: string, wait: number): Promise<T> {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf };
  return ask<T>(url, { method: "POST", headers, body: JSON.stringify(body) }, wait);
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

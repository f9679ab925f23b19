// Asks the server. The same scan keeps its id through every retry, so nothing is counted twice.
import type { Tone } from "./scan-sound";

export interface Answer {
  tone: Tone;
  word: string;
  who: string;
  what: string;
  detail: string;
  advice: string;
  holds: boolean;
  verdict?: string;
}

export interface Scan {
  id: string;
  list: string;
  source: "camera" | "typed" | "reader";
  code: string;
}

/** The server has said no for a reason that another try does not mend: signed out, withdrawn, moved. */
export class Refused extends Error {}

/** No answer came: offline, too slow, or the server is down. */
export class Unreachable extends Error {}

const PATIENCE = 6_000;

export async function redeem(url: string, scan: Scan, csrf: string): Promise<Answer> {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf };
  const response = await ask(url, { method: "POST", headers, body: JSON.stringify(scan) });
  return (await response.json()) as Answer;
}

export async function admitted(url: string): Promise<{ admitted: number; label: string }> {
  const response = await ask(url, { headers: { Accept: "application/json" } });
  return (await response.json()) as { admitted: number; label: string };
}

async function ask(url: string, options: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { ...options, credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    throw new Unreachable();
  }
  if (response.ok) return response;
  if (response.status >= 500 || response.status === 429) throw new Unreachable();
  const problem = (await response.json().catch(() => ({}))) as { detail?: string };
  throw new Refused(problem.detail ?? "");
}

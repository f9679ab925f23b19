// What a juror has typed, kept in this browser until the site has it: by person, card and open page.
export interface Fields {
  comment: string;
  marks: Record<string, string>;
  /** Texts for others than the chair, by the field's name; what an older version of this page kept has none. */
  notes?: Record<string, string>;
}

export interface Kept {
  window: string;
  /** The version of the card that was built on. */
  version: number;
  /** When it was typed, in milliseconds since 1970. */
  at: number;
  title: string;
  address: string;
  fields: Fields;
}

const PREFIX = "kermesse.card.";

/** Keep it; return whether the browser took it. Private windows and full disks refuse. */
export function keep(user: string, card: string, kept: Kept): boolean {
  try {
    localStorage.setItem(`${PREFIX}${user}.${card}.${kept.window}`, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

export function forget(user: string, card: string, window: string): void {
  try {
    localStorage.removeItem(`${PREFIX}${user}.${card}.${window}`);
  } catch {
    // What could not be kept is not there.
  }
}

/** Return what is kept for a person, of one card or of all, the newest first; nothing of anybody else's. */
export function keptOf(user: string, card?: string): Kept[] {
  return keys(`${PREFIX}${user}.${card === undefined ? "" : `${card}.`}`)
    .map(read)
    .filter((kept) => kept !== undefined)
    .sort((a, b) => b.at - a.at);
}

export function forgetAll(user: string): void {
  for (const key of keys(`${PREFIX}${user}.`)) localStorage.removeItem(key);
}

/** Return whether two say the same; the site strips blanks at the ends. */
export function same(one: Fields, other: Fields): boolean {
  const names = new Set([...Object.keys(one.marks), ...Object.keys(other.marks)]);
  const texts = new Set([...Object.keys(one.notes ?? {}), ...Object.keys(other.notes ?? {})]);
  const saySame = [...texts].every((name) => (one.notes?.[name] ?? "").trim() === (other.notes?.[name] ?? "").trim());
  return saySame && one.comment.trim() === other.comment.trim() && [...names].every((name) => one.marks[name] === other.marks[name]);
}

function keys(prefix: string): string[] {
  try {
    const all = Array.from({ length: localStorage.length }, (_, place) => localStorage.key(place) ?? "");
    return all.filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

function read(key: string): Kept | undefined {
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? "") as Kept;
    return typeof found.fields.comment === "string" && typeof found.fields.marks === "object" ? found : undefined;
  } catch {
    return undefined;
  }
}

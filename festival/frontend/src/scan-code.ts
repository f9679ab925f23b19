// What a scanner read, and what it may mean: the rule of `tickets/delivery/reading.py`, for the phone. The server decides;
// here it tells one code from another, and the right one of two ways to read a keyboard.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TOKEN = 122;
const SHORT = 8;
const LONGEST = 4296;
const CUT_UP = 600;
const CUT_UP_SHORT = 24;

const AIM = /^\s*\][A-Za-z][0-9A-Za-z]/;
const AROUND = /[^0-9A-Za-z\s-]+/;
const OURS = new RegExp(`[${ALPHABET}]+`, "g");

// The sign that came -> the sign that was meant: a reader of US keys on a French, Belgian or German keyboard, and a
// reader of French keys on a US one.
const KEYBOARDS = [
  ["", ""],
  ["aqzwAQZW,?&é\"'(-è_çà§!)$’ÉÈÇÀ", "qawzQAWZMM123456789068-]42790"],
  ["yzYZß+", "zyZY-]"],
  ["aqzwAQZW;:!@#$%^&*()", "qawzQAWZMM1234567890"],
].map(([came, meant]) => new Map([...came!].map((sign, index) => [sign, meant![index]!])));

/** Return our code in its one spelling: the token or the short code that the text holds; null when it holds none. */
export function codeIn(text: string): string | null {
  const typed = KEYBOARDS.map((keyboard) => [...plain(text)].map((sign) => keyboard.get(sign) ?? sign).join("").replace(AIM, ""));
  for (const one of typed) {
    const found = firstIn(runs(one).filter((run) => run.length <= CUT_UP), TOKEN, isToken);
    if (found) return found;
  }
  for (const one of typed) {
    const found = firstIn(runs(one).filter((run) => run.length === SHORT || one.length <= CUT_UP_SHORT), SHORT, isShortCode);
    if (found) return found;
  }
  return null;
}

/** Return what tells one code from another, whatever it is. */
export function sameness(text: string): string {
  return codeIn(text) ?? normal(plain(text));
}

/** Take out what no code holds: wide forms are made narrow, controls blanks, invisible signs and halves go. */
export function plain(text: string): string {
  return text
    .slice(0, LONGEST)
    .normalize("NFKC")
    .replace(/\p{Pd}/gu, "-")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Zs}]/gu, " ")
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, "");
}

function normal(text: string): string {
  return text.toUpperCase().replace(/[\s-]/g, "").replace(/[IL]/g, "1").replace(/O/g, "0");
}

function runs(text: string): string[] {
  const parts = [text, ...text.split(AROUND), ...text.split(/\s+/)];
  return [...new Set(parts.flatMap((part) => normal(part).match(OURS) ?? []))];
}

function firstIn(where: string[], length: number, isRight: (text: string) => boolean): string | null {
  for (const run of where) {
    for (let start = 0; start + length <= run.length; start += 1) {
      const part = run.slice(start, start + length);
      if (isRight(part)) return part;
    }
  }
  return null;
}

/** Version 1 stands in the first four bits, and the last two are zero; the signature is the server's to check. */
function isToken(text: string): boolean {
  return ALPHABET.indexOf(text[0]!) >> 1 === 1 && (ALPHABET.indexOf(text[TOKEN - 1]!) & 3) === 0;
}

/** The check character is a linear code over GF(32), as `tickets/delivery/tokens.py` makes it. */
function isShortCode(text: string): boolean {
  let check = 0;
  for (const sign of text.slice(0, SHORT - 1)) {
    const doubled = (check ^ ALPHABET.indexOf(sign)) << 1;
    check = doubled & 32 ? doubled ^ 0b100101 : doubled;
  }
  return ALPHABET[check] === text[SHORT - 1];
}

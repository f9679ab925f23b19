// One moment for everybody: in the festival's time on the server, beside it in the visitor's; what is left is counted
// by the festival's clock, because that of a phone may be wrong.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Say beside a moment when that is where the visitor is, where their clocks show another time than the festival's. */
export function connectMoments(): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-moment]")) {
    const at = place.dataset["moment"] ?? "";
    const here = there(new Date(at));
    if (here === there(new Date(at.slice(0, 19)))) continue; // read without its zone, it is what the page shows already
    place.textContent = (place.dataset["there"] ?? "{moment}").replace("{moment}", here);
    place.hidden = false;
  }
}

function there(moment: Date): string {
  const { lang } = document.documentElement;
  const language = lang === "en" ? "en-GB" : lang;
  const said = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit", hourCycle: "h23" });
  return language.startsWith("fr") ? said.format(moment).replace(/(\d+):(\d+)/, "$1\u00a0h\u00a0$2") : said.format(moment);
}

/** Count down to the moments of the page. */
export function connectCountdowns(): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-until]")) countDown(place);
}

function countDown(place: HTMLElement): void {
  const { until = "0", now = "0", clock = "", left = "", over = "" } = place.dataset;
  let ahead = Number(now) - performance.now();
  const show = (): void => {
    const rest = Number(until) - performance.now() - ahead;
    place.textContent = rest > 0 ? left.replace("{time}", inWords(rest, document.documentElement.lang)) : over;
  };
  const ask = async (): Promise<void> => {
    try {
      const answer = (await (await fetch(clock, { headers: { Accept: "application/json" } })).json()) as { now: number };
      ahead = answer.now - performance.now();
      show();
    } catch {
      // Without a network the page's own count goes on.
    }
  };
  show();
  window.setInterval(show, 1_000);
  // Devices that sleep stop their clocks; whoever comes back to the page gets the festival's again.
  document.addEventListener("visibilitychange", () => !document.hidden && void ask());
}

/** Return a span of time as people say it: days and hours, hours and minutes, only near the end seconds. */
export function inWords(rest: number, language: string): string {
  const parts: [string, number][] = rest >= DAY ? [["day", rest / DAY], ["hour", (rest % DAY) / HOUR]]
    : rest >= 10 * MINUTE ? [["hour", rest / HOUR], ["minute", (rest % HOUR) / MINUTE]]
    : [["minute", rest / MINUTE], ["second", (rest % MINUTE) / 1_000]];
  const said = parts.map(([unit, count]): [string, number] => [unit, Math.floor(count)]).filter(([, count]) => count > 0);
  const words = (said.length ? said : [parts[1]!].map(([unit]): [string, number] => [unit, 1])).map(([unit, count]) =>
    new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count));
  return words.join(" ");
}

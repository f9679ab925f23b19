import assert from "node:assert/strict";
import { test } from "node:test";
import { connectCountdowns, connectMoments, inWords } from "../src/moments";
import { one, openPage, send, settle } from "./stage/page";

const HOUR = 3_600_000;

test("time is said in the two greatest units, seconds only near the end", () => {
  const table: [number, string][] = [
    [50 * HOUR, "2 days 2 hours"],
    [24 * HOUR, "1 day"],
    [23 * HOUR + 61_000, "23 hours 1 minute"],
    [600_000, "10 minutes"],
    [599_000, "9 minutes 59 seconds"],
    [400, "1 second"],
  ];
  for (const [rest, words] of table) assert.equal(inWords(rest, "en"), words);
  assert.equal(inWords(25 * HOUR, "fr").replace(/\s/g, " "), "1 jour 1 heure");
});

test("a moment is said in the visitor's time only where that is another", () => {
  const zone = process.env["TZ"];
  for (const [where, words] of [["America/New_York", "Sunday 28 February at 17:59 where you are"], ["Europe/Berlin", ""]]) {
    process.env["TZ"] = where;
    openPage(`<span data-moment="2027-02-28T23:59:59+01:00" data-there="{moment} where you are" hidden></span>`);
    document.documentElement.lang = "en-GB";
    connectMoments();
    assert.equal((one("span").textContent ?? "").replace(/, /g, " "), words);
    assert.equal(one("span").hidden, !words);
  }
  if (zone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zone;
});

test("what is left is counted from the server's time, and asked again by whoever comes back", async () => {
  const page = openPage(`<span data-until="5000000" data-now="4000000" data-clock="/call/" data-left="{time} left" data-over="Closed.">Some.</span>`);
  connectCountdowns();
  assert.equal(one("span").textContent, "16 minutes left");
  await page.clock.pass(100_000);
  assert.equal(one("span").textContent, "15 minutes left");
  page.network.answers({ now: 4_999_000 });
  send(document, "visibilitychange");
  await settle();
  assert.equal(one("span").textContent, "1 second left");
  page.network.fails();
  send(document, "visibilitychange");
  await page.clock.pass(1_000);
  assert.equal(one("span").textContent, "Closed.");
});

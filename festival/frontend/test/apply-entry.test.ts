import assert from "node:assert/strict";
import { test } from "node:test";
import { connectEntry } from "../src/apply-entry";
import { one, openPage, place, send, settle, type Page } from "./stage/page";

const SAVED = { message: "Saved at 10:05.", version: 4, faults: {} };
const KEY = "kermesse.entry.ada.oven";

function form(title = "Oven", kept?: object): Page {
  const page = openPage(`<form data-user="ada" data-entry="oven" data-draft="/draft/"><input name="version" value="3"><input name="window"><input name="turn"><input name="csrfmiddlewaretoken" value="old">
    <label for="id_title">Title</label><input id="id_title" name="title" value="${title}"><input type="checkbox" name="accepts">
    <section data-versions hidden tabindex="-1"><dl data-theirs></dl><p data-choices hidden><button type="button" data-take="mine"></button><button type="button" data-take="theirs"></button></p></section>
    <p data-saved data-saving="Saving" data-offline="Offline" data-offline-unkept="Unkept" data-fault="Fault" data-signed-out="Out" data-restored="Back">Before.</p><p data-sign-in hidden></p></form>`);
  place("crypto", { getRandomValues: (bytes: Uint8Array) => bytes.fill(7) });
  if (kept) localStorage.setItem(KEY, JSON.stringify(kept));
  connectEntry(one<HTMLFormElement>("form"));
  return page;
}

function type(words: string): void {
  one<HTMLInputElement>("[name=title]").value = words;
  send(one("[name=title]"), "input");
}

const status = (): string => one("[data-saved]").textContent ?? "";
const kept = (): string | null => localStorage.getItem(KEY);

test("what is typed is kept at once, and saved a moment later", async () => {
  const page = form();
  page.network.answers(SAVED);
  type("Better oven");
  assert.equal(status(), "Saving");
  assert.match(kept() ?? "", /Better oven/);
  await page.clock.pass(900);
  assert.deepEqual([status(), kept(), one<HTMLInputElement>("[name=version]").value], [SAVED.message, null, "4"]);
  const sent = page.network.asked[0]!.body as FormData;
  assert.deepEqual([sent.get("title"), sent.get("turn"), String(sent.get("window")).length], ["Better oven", "1", 32]);
});

test("without a network it is kept, and goes when there is one", async () => {
  const page = form();
  page.network.fails();
  type("Offline oven");
  await page.clock.pass(900);
  assert.equal(status(), "Offline");
  assert.match(kept() ?? "", /Offline oven/);
  page.network.answers(SAVED);
  await page.clock.pass(2_000);
  assert.deepEqual([status(), kept()], [SAVED.message, null]);
});

test("what a page before had typed and the site never got is back", async () => {
  const page = form("Oven", { version: "3", fields: [["title", "Lost oven"]] });
  assert.deepEqual([one<HTMLInputElement>("[name=title]").value, status()], ["Lost oven", "Back"]);
  page.network.answers(SAVED);
  await page.clock.pass(900);
  assert.equal(kept(), null);
});

test("what the site has already is not brought back", () => {
  form("Oven", { version: "2", fields: [["title", "Oven"]] });
  assert.deepEqual([kept(), status()], [null, "Before."]);
});

test("another window's version is shown, and one of both chosen", async () => {
  const page = form();
  page.network.answers({ code: "draft_changed", message: "Two.", version: 9, typed: { title: "Theirs" } }, { status: 409 });
  type("Mine");
  await page.clock.pass(900);
  assert.deepEqual([status(), one("[data-theirs]").textContent, one("[data-versions]").hidden], ["Two.", "TitleTheirs", false]);
  type("Mine still");
  await page.clock.pass(60_000);
  assert.equal(page.network.asked.length, 1);
  page.network.answers({ ...SAVED, version: 10 });
  one("[data-take=mine]").click();
  await page.clock.pass(0);
  await settle();
  assert.equal((page.network.asked[1]!.body as FormData).get("version"), "9");
  assert.equal(status(), SAVED.message);
});

test("whoever is signed out is told, and what is wrong is said beside its field", async () => {
  const page = form();
  page.network.answers({ code: "signed_out", message: "Out" }, { status: 401 });
  type("a");
  await page.clock.pass(900);
  assert.deepEqual([status(), one("[data-sign-in]").hidden], ["Out", false]);
  page.network.answers({ ...SAVED, faults: { id_title: "Too long." } });
  await page.clock.pass(2_000);
  assert.equal(one("[data-field-fault]").textContent, "Too long.");
});

test("a token that is out of date is asked for anew", async () => {
  const page = form();
  page.network.answers({ code: "form_out_of_date" }, { status: 403 });
  page.network.answers({ token: "new" });
  page.network.answers(SAVED);
  type("a");
  await page.clock.pass(900);
  assert.equal((page.network.asked[2]!.body as FormData).get("csrfmiddlewaretoken"), "new");
  assert.equal(status(), SAVED.message);
});

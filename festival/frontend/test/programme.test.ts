import assert from "node:assert/strict";
import { test } from "node:test";
import { connectProgramme, followHistory } from "../src/programme";
import { all, click, one, openPage, place, send, settle, setVisible } from "./stage/page";

const ADDRESS = "https://fest.example/fr/programme/2027-05-03/";

/** The middle of a day's page, with these sessions in it. */
function day(title: string, ...sessions: string[]): string {
  const cards = sessions.map((uuid) => `<li data-occurrence="${uuid}"><button hidden data-behavior="star" data-uuid="${uuid}"></button></li>`);
  return `<div data-behavior="day"><h1>${title}</h1>
    <button hidden data-behavior="print">Print</button>
    <nav class="filters"><ul>
      <li hidden data-behavior="mine"><button aria-pressed="false">Mine</button></li>
      <li><a href="?tag=family"><b>Family</b></a></li><li><a href="?tag=music">Music</a></li>
    </ul></nav>
    <a class="elsewhere" href="/fr/">Home</a>
    <section class="slot"><ul>${cards.join("")}</ul></section></div>`;
}

const whole = (title: string, ...sessions: string[]): string =>
  `<!doctype html><html><head><title>${title}</title></head><body><main>${day(title, ...sessions)}</main></body></html>`;

function openDay(): ReturnType<typeof openPage> {
  const page = openPage(`<main>${day("Everything", "a", "b")}</main>`, ADDRESS);
  connectProgramme();
  return page;
}

const shown = (): string[] => all("[data-occurrence]:not([hidden])").map((item) => item.dataset["occurrence"] ?? "");

test("a filter exchanges the middle of the page and its address", async () => {
  const { network, visits } = openDay();
  network.answers(whole("Family", "a"));

  const event = click(".filters a b");
  await settle();

  assert.equal(event.defaultPrevented, true);
  assert.deepEqual(network.asked.map(({ url, headers }) => [url, headers["Accept"]]), [[`${ADDRESS}?tag=family`, "text/html"]]);
  assert.equal(one("main h1").textContent, "Family");
  assert.equal(document.title, "Family");
  assert.equal(location.href, `${ADDRESS}?tag=family`);
  assert.deepEqual(shown(), ["a"]);
  assert.deepEqual(visits, []);
});

test("what a filter brought works like the first page", async () => {
  const { network } = openDay();
  network.answers(whole("Family", "a"));
  network.answers(whole("Music", "b"));
  click(".filters a");
  await settle();

  assert.deepEqual(all("button[hidden], li[hidden]"), []);
  click('[data-uuid="a"]');
  assert.equal(one('[data-uuid="a"]').getAttribute("aria-pressed"), "true");
  click('.filters a[href="?tag=music"]');
  await settle();

  assert.equal(one("h1").textContent, "Music");
});

test("the focus stays on the filter that was chosen", async () => {
  const { network } = openDay();
  network.answers(whole("Music", "b"));
  one('a[href="?tag=music"]').focus();

  click('a[href="?tag=music"]');
  await settle();

  assert.equal(document.activeElement, one('a[href="?tag=music"]'));
});

for (const [name, options] of Object.entries({
  "with Ctrl": { ctrlKey: true },
  "with Command": { metaKey: true },
  "with Shift": { shiftKey: true },
  "with the middle button": { button: 1 },
})) {
  test(`a filter opened ${name} is the browser's own affair`, () => {
    const { network } = openDay();

    assert.equal(click(".filters a", options).defaultPrevented, false);
    assert.deepEqual(network.asked, []);
  });
}

test("other links of the page are left alone", () => {
  openDay();

  assert.equal(click(".elsewhere").defaultPrevented, false);
  assert.equal(click("h1").defaultPrevented, false);
});

for (const [name, prepare] of Object.entries<(page: ReturnType<typeof openPage>) => void>({
  "there is no network": ({ network }) => network.fails(),
  "the server fails": ({ network }) => network.answers(whole("Error", "a"), { status: 500 }),
  "another page comes": ({ network }) => network.answers("<title>Sign in</title><form></form>"),
})) {
  test(`the browser goes there itself when ${name}`, async () => {
    const page = openDay();
    prepare(page);

    click(".filters a");
    await settle();

    assert.deepEqual(page.visits, [`${ADDRESS}?tag=family`]);
    assert.equal(one("h1").textContent, "Everything");
    assert.equal(location.href, ADDRESS);
  });
}

test("back brings the page of that address without a new entry", async () => {
  const { network } = openDay();
  followHistory();
  network.answers(whole("Everything again", "a", "b"));
  const entries = history.length;

  send(window, "popstate");
  await settle();

  assert.deepEqual(network.asked.map(({ url }) => url), [ADDRESS]);
  assert.equal(one("h1").textContent, "Everything again");
  assert.equal(history.length, entries);
});

test("back on a page without filters asks for nothing", async () => {
  const { network } = openPage("<h1>Tickets</h1>");
  followHistory();

  send(window, "popstate");
  await settle();

  assert.deepEqual(network.asked, []);
});

test("my programme is switched on and off", () => {
  openDay();
  localStorage.setItem("kermesse.favourites", '["b"]');
  const button = one('[data-behavior="mine"] button');
  assert.equal(one('[data-behavior="mine"]').hidden, false);

  button.click();
  assert.equal(button.getAttribute("aria-pressed"), "true");
  assert.deepEqual(shown(), ["b"]);

  button.click();
  assert.equal(button.getAttribute("aria-pressed"), "false");
  assert.deepEqual(shown(), ["a", "b"]);
});

test("a switch without its button stays away", () => {
  openPage('<p hidden data-behavior="mine"></p>');

  connectProgramme();

  assert.equal(one("p").hidden, true);
});

test("the print button appears and prints", () => {
  openDay();
  let printed = 0;
  place("print", () => (printed += 1), window);

  click('[data-behavior="print"]');

  assert.equal(one('[data-behavior="print"]').hidden, false);
  assert.equal(printed, 1);
});

test("now and next is loaded anew every minute", async () => {
  const { clock, visits } = openPage('<div data-behavior="refresh"></div>');
  connectProgramme();

  await clock.pass(59_999);
  assert.deepEqual(visits, []);
  await clock.pass(1);
  assert.deepEqual(visits, ["reload"]);
  await clock.pass(60_000);
  assert.deepEqual(visits, ["reload", "reload"]);
});

test("now and next rests while nobody looks or nothing could come", async () => {
  const { clock, visits } = openPage('<div data-behavior="refresh"></div>');
  connectProgramme();

  setVisible(false);
  await clock.pass(60_000);
  setVisible(true);
  place("onLine", false, navigator);
  await clock.pass(60_000);
  assert.deepEqual(visits, []);

  place("onLine", true, navigator);
  await clock.pass(60_000);
  assert.deepEqual(visits, ["reload"]);
});

test("other pages are not loaded anew", async () => {
  const { clock, visits } = openDay();

  await clock.pass(600_000);

  assert.deepEqual(visits, []);
});

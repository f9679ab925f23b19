import assert from "node:assert/strict";
import { test } from "node:test";
import { connectStage } from "../src/stage-scenes";
import { one, openPage, press, settle } from "./stage/page";

const scene = (name: string): string => `<section data-scene><h1>${name}</h1></section>`;
const page = (name: string): string => `<!doctype html><main>${scene(name)}</main>`;

function openStage(attributes = ""): ReturnType<typeof openPage> {
  const opened = openPage(
    `<div data-stage="/stage/" data-number="0" data-last="3" data-trouble="No network" ${attributes}>${scene("Opening")}<p data-status></p><form data-foot><input name="csrfmiddlewaretoken" value="t"><a href="/order/">Order</a></form></div>`,
  );
  connectStage(one("[data-stage]"));
  return opened;
}

const title = (): string => one("h1").textContent ?? "";
const stage = (): HTMLElement => one("[data-stage]");

test("a key shows the next scene and the address of it, and asks for no other", async () => {
  const { network } = openStage();
  network.answers(page("Gold"));

  const event = press(document.body, " ");
  await settle();

  assert.equal(event.defaultPrevented, true);
  assert.equal(title(), "Gold");
  assert.deepEqual(network.asked.map(({ url }) => url), ["/stage/1/"]);
  assert.equal(location.pathname, "/stage/1/");
});

test("presenters turn both ways, and nothing comes before the first", async () => {
  const { network } = openStage();
  network.answers(page("Gold"));

  press(document.body, "PageUp");
  press(document.body, "PageDown");
  await settle();
  press(document.body, "PageUp");
  await settle();

  assert.equal(title(), "Opening");
  assert.equal(network.asked.length, 1);
});

test("B makes the screen black, and the next key shows what was there", async () => {
  const { network } = openStage();

  press(document.body, "b");
  assert.equal(stage().classList.contains("is-black"), true);
  press(document.body, " ");
  await settle();

  assert.equal(stage().classList.contains("is-black"), false);
  assert.equal(title(), "Opening");
  assert.equal(network.asked.length, 0);
});

test("without network the scene stays, and the screen says so", async () => {
  const { network } = openStage();
  network.fails();

  press(document.body, "ArrowRight");
  await settle();

  assert.equal(title(), "Opening");
  assert.equal(one("[data-status]").textContent, "No network");
});

test("a sign-in instead of a scene is no scene", async () => {
  const { network } = openStage();
  network.answers("<!doctype html><h1>Sign in</h1>");

  press(document.body, "Enter");
  await settle();

  assert.equal(title(), "Opening");
});

test("once the ceremony has begun what follows is kept, out of the page, and needs no network", async () => {
  const { network } = openStage("data-begun");
  for (const name of ["Gold", "Winner", "Thanks"]) network.answers(page(name));
  await settle();
  await settle();
  await settle();

  assert.equal(document.body.textContent?.includes("Winner"), false);
  press(document.body, " ");
  await settle();
  press(document.body, " ");
  await settle();

  assert.equal(title(), "Winner");
  assert.equal(network.asked.length, 3);
});

test("the last reveal tells everybody, again until it is heard", async () => {
  const { clock, network } = openStage('data-begun data-publishes="1"');
  for (const name of ["Gold", "Winner", "Thanks"]) network.answers(page(name));
  await settle();
  await settle();
  await settle();
  network.fails();

  press(document.body, " ");
  await settle();
  network.answers({ published: true });
  await clock.pass(5_000);
  await settle();

  assert.deepEqual(network.asked.slice(3).map(({ method, url }) => [method, url]), [["POST", "/stage/1/"], ["POST", "/stage/1/"]]);
});

test("keys on a link, and keys with Ctrl, are the browser's", async () => {
  const { network } = openStage();

  assert.equal(press(one("a"), "Enter").defaultPrevented, false);
  press(document.body, "x");
  await settle();

  assert.equal(network.asked.length, 0);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { closeWhatIsGone, connectPlaces } from "../src/in-place-places";
import { all, one, openPage, place, send, setVisible, settle } from "./stage/page";

const DAY = (id: string, rest = "", gone = "") => `<label><input type="checkbox" id="${id}"${rest}><span class="left" id="left-${id}"${gone}></span></label>`;
const SOURCE = '<div data-behavior="places" data-address="/fr/billetterie/places/"></div>';

function answers(ok = true): string[] {
  const asked: string[] = [];
  place("fetch", async (address: string) => {
    asked.push(address);
    if (!ok) throw new Error("offline");
    return { ok: true, text: async () => '<span class="left" id="left-a" data-gone>full</span> <span class="left" id="left-z">2</span>' };
  });
  return asked;
}

test("what is left is asked for every half minute or so, and not while nobody looks", async () => {
  const { clock } = openPage(SOURCE + DAY("a"));
  const asked = answers();
  connectPlaces();

  await clock.pass(29_000);
  assert.deepEqual(asked, []);
  await clock.pass(12_000);
  assert.deepEqual(asked, ["/fr/billetterie/places/"]);
  assert.equal(one("#left-a").textContent, "full");
  assert.ok(one<HTMLInputElement>("#a").disabled);
  assert.deepEqual(all("#left-z"), []);
  setVisible(false);
  await clock.pass(200_000);
  assert.equal(asked.length, 1);
});

test("whoever comes back sees what is left now, and soon enough only once", async () => {
  const { clock } = openPage(SOURCE);
  const asked = answers();
  connectPlaces();

  send(window, "focus");
  assert.equal(asked.length, 0);
  await clock.pass(11_000);
  send(window, "focus");
  send(document, "visibilitychange");
  await settle();
  assert.equal(asked.length, 1);
});

test("without an answer what is shown stays, and without the part nobody asks", async () => {
  const { clock } = openPage(SOURCE + DAY("a", "", " data-gone"));
  answers(false);
  connectPlaces();
  await clock.pass(45_000);
  assert.equal(one<HTMLInputElement>("#a").disabled, false);

  openPage("<main></main>");
  const asked = answers();
  connectPlaces();
  send(window, "focus");
  assert.equal(asked.length, 0);
});

test("a day that is gone is closed, one that was chosen is asked about once, one that came free is open", () => {
  openPage(DAY("gone", "", " data-gone") + DAY("chosen", " checked", " data-gone") + DAY("free", " disabled"));
  let changes = 0;
  document.addEventListener("change", () => (changes += 1));

  closeWhatIsGone();
  closeWhatIsGone();

  assert.deepEqual(
    ["gone", "chosen", "free"].map((id) => one<HTMLInputElement>(`#${id}`).disabled),
    [true, false, false],
  );
  assert.equal(changes, 1);
});

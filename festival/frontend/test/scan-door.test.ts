import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, hint, openDoor, status, troubles, verdict } from "./stage/door";
import { click, one, press, send, settle, setVisible } from "./stage/page";

const YES = answer({ tone: "yes", word: "Welcome", holds: false, verdict: "admitted" });

test("without a tap the page offers the camera and asks nobody", async () => {
  const { network, phone } = openDoor();
  await settle();

  assert.equal(one("[data-part=finder]").hidden, false);
  assert.deepEqual(network.asked, []);
  assert.deepEqual(phone.asked, []);
});

test("a tap opens camera and decoder", async () => {
  const { decoder, phone, start } = openDoor();

  await start();

  assert.equal(phone.asked.length, 1);
  assert.equal(decoder.script, "/worker.js");
  assert.deepEqual(decoder.sent[0], { type: "start", decoder: "/decoder.wasm" });
  assert.equal(one("[data-part=start-panel]").hidden, true);
  assert.equal(one("[data-part=finder]").classList.contains("running"), true);
  assert.equal(hint(), "Starting");
});

test("a code before the camera goes to the server, and a yes is shown, counted and goes by itself", async () => {
  const { clock, network, scans, start, film } = openDoor();
  await start();
  network.answers(YES);
  network.answers(status({ admitted: 1234, label: "people inside" }));

  await film("TICKET");

  assert.deepEqual(scans(), [{ id: "scan-1", list: "7", source: "camera", direction: "in", code: "TICKET" }]);
  assert.equal(network.asked[0]!.headers["X-CSRFToken"], "t0ken");
  assert.equal(verdict(), "Welcome");
  assert.equal(one("[data-part=admitted]").textContent, "1,234");
  assert.equal(one("[data-part=admitted-label]").textContent, "people inside");
  await clock.pass(1_200);
  assert.equal(verdict(), null);
  assert.equal(hint(), "Aim");
});

test("a no is not counted", async () => {
  const { network, start, film } = openDoor();
  await start();
  network.answers(answer());

  await film("TICKET");

  assert.equal(verdict(), "No");
  assert.equal(network.asked.length, 1);
  assert.equal(one("[data-part=admitted]").textContent, "3");
});

test("a ticket held before the camera is asked about once", async () => {
  const { clock, network, scans, start, film } = openDoor();
  await start();
  network.answers(YES);
  network.answers(status());

  for (let times = 0; times < 40; times += 1) {
    await film("TICKET");
    await clock.pass(100);
  }

  assert.equal(scans().length, 1);
});

test("the same ticket counts as shown again three seconds after it was last seen", async () => {
  const { clock, network, scans, start, film } = openDoor();
  await start();
  network.answers(answer());
  await film("TICKET");
  click(".verdict-next");

  await clock.pass(2_999);
  await film("TICKET");
  assert.equal(scans().length, 1);
  network.answers(answer());
  await clock.pass(3_000);
  await film("TICKET");

  assert.deepEqual(scans().map(({ id, code }) => [id, code]), [["scan-1", "TICKET"], ["scan-2", "TICKET"]]);
});

test("a ticket still in the picture when a long-read verdict goes is not asked about again", async () => {
  const { clock, network, scans, start, film } = openDoor();
  await start();
  network.answers(answer());
  await film("TICKET");
  await clock.pass(10_000);

  click(".verdict-next");
  await film("TICKET");

  assert.equal(scans().length, 1);
});

test("the next person's ticket does not wait", async () => {
  const { clock, network, scans, start, film } = openDoor();
  await start();
  network.answers(answer());
  network.answers(answer());
  await film("ONE");
  click(".verdict-next");

  await clock.pass(90);
  await film("TWO");

  assert.deepEqual(scans().map(({ code }) => code), ["ONE", "TWO"]);
});

test("two different codes at once admit nobody; the same one twice is one", async () => {
  const { network, scans, start, film } = openDoor();
  await start();

  await film("ONE", "TWO");
  assert.equal(hint(), "Two codes");
  assert.deepEqual(scans(), []);
  await film();
  assert.equal(hint(), "Aim");
  network.answers(answer());
  await film("ONE", "ONE");

  assert.deepEqual(scans().map(({ code }) => code), ["ONE"]);
});

test("the camera looks away while a verdict is open or on its way", async () => {
  const { clock, decoder, network, scans, start, film } = openDoor();
  await start();
  const slow = network.answersLater(answer());
  await film("ONE");
  assert.equal(hint(), "Checking");
  const frames = decoder.frames();

  await film("TWO");
  slow.arrive();
  await settle();
  await film("TWO");
  await clock.pass(5_000);
  assert.equal(decoder.frames(), frames);
  click(".verdict-next");
  await clock.pass(90);

  assert.equal(decoder.frames(), frames + 1);
  assert.equal(scans().length, 1);
});

test("a typed code is checked without leaving the page; a yes empties the field", async () => {
  const { clock, network, scans, typeIn } = openDoor();
  network.answers(YES);
  network.answers(status());

  await typeIn("7K3F-9Q2M");

  assert.deepEqual(scans(), [{ id: "scan-1", list: "7", source: "typed", direction: "in", code: "7K3F-9Q2M" }]);
  assert.equal(verdict(), "Welcome");
  await clock.pass(1_200);
  assert.equal(one<HTMLInputElement>("#code").value, "");
});

test("a typed code that was refused stays to be mended", async () => {
  const { network, typeIn } = openDoor();
  network.answers(answer());
  await typeIn("7K3F-9Q2N");
  const input = one<HTMLInputElement>("#code");

  click(".verdict-next");

  assert.equal(input.value, "7K3F-9Q2N");
  assert.deepEqual([input.selectionStart, input.selectionEnd], [0, 9]);
});

test("an empty field is left to the server's words", () => {
  const { network } = openDoor();
  one<HTMLInputElement>("#code").value = "  ";

  assert.equal(send(one("[data-part=form]"), "submit").defaultPrevented, false);
  assert.deepEqual(network.asked, []);
});

test("a second tap on Check while one is under way sends nothing twice", async () => {
  const { network, scans, typeIn } = openDoor();
  const slow = network.answersLater(answer());

  await typeIn("7K3F-9Q2M");
  await typeIn("7K3F-9Q2M");
  slow.arrive();
  await settle();

  assert.equal(scans().length, 1);
});

test("a hand-held reader scans, also past an open verdict, and what no code may hold is left out", async () => {
  const { network, scans } = openDoor();
  const read = async (from: number, last: string): Promise<void> => {
    ["KeyA", "KeyB", "KeyC", "Digit1", "Digit2", last, "Enter"].forEach((code, index) => press(document.body, "?", { code, at: from + index }));
    await settle();
  };
  network.answers(answer({ word: "First" }));
  const slow = network.answersLater(answer({ word: "Second" }));

  await read(10_000, "Digit3");
  assert.equal(verdict(), "First");
  await read(20_000, "Digit4");
  assert.equal(verdict(), null); // the first person's word is not the second's
  slow.arrive();
  await settle();

  assert.equal(verdict(), "Second");
  assert.deepEqual(scans().map(({ id, source, code }) => [id, source, code]), [["scan-1", "reader", "ABC123"], ["scan-2", "reader", "ABC124"]]);
});

test("a code with a zero character goes without it", async () => {
  const { network, scans, start, film } = openDoor();
  await start();
  network.answers(answer());

  await film("AB\0C\0");

  assert.equal(scans()[0]!["code"], "ABC");
});

for (const [name, word, prepare] of [
  ["without network", "No network", ({ network }) => network.fails()],
  ["with a server that is down", "No network", ({ network }) => network.answers("<h1>502</h1>", { status: 502 })],
  ["behind a Wi-Fi that asks for a sign-in", "No answer", ({ network }) => network.answers("<h1>Welcome to our Wi-Fi</h1>")],
  ["behind a proxy that refuses", "No answer", ({ network }) => network.answers("<h1>403</h1>", { status: 403 })],
] as [string, string, (door: ReturnType<typeof openDoor>) => void][]) {
  test(`${name} the scan is kept, and asked again by itself under the same id`, async () => {
    const door = openDoor();
    prepare(door);
    door.network.answers(YES);
    door.network.answers(status());

    await door.typeIn("7K3F-9Q2M");
    assert.equal(verdict(), word);
    assert.equal(one("#verdict").dataset["tone"], "offline");
    await door.clock.pass(999);
    assert.equal(verdict(), word);
    await door.clock.pass(1);

    assert.equal(verdict(), "Welcome");
    const [first, second] = door.scans();
    assert.deepEqual(second, first);
    assert.equal(one("[data-part=retry]").hidden, true);
    assert.equal(localStorage.getItem("kermesse.door.waiting"), "[]");
  });
}

test("no network is not called a slow server a second later", async () => {
  const { clock, network, typeIn } = openDoor();
  network.fails();
  network.fails();
  await typeIn("ONE");

  await clock.pass(1_600);

  assert.equal(verdict(), "No network");
});

test("a hand may try at once", async () => {
  const { network, typeIn } = openDoor();
  network.fails();
  await typeIn("ONE");
  network.answers(answer({ word: "Again" }));

  click("[data-part=retry]");
  await settle();

  assert.equal(verdict(), "Again");
});

test("each time the server is asked again later, up to eight seconds", async () => {
  const { clock, network, scans, typeIn } = openDoor();
  for (let times = 0; times < 6; times += 1) network.fails();
  await typeIn("ONE");

  for (const [pause, times] of [[1_000, 2], [2_000, 3], [4_000, 4], [7_999, 4], [1, 5]] as const) {
    if (clock.now + pause > 15_900) network.answers(status());
    await clock.pass(pause);
    assert.equal(scans().length, times);
  }
  assert.equal(new Set(scans().map(({ id }) => id)).size, 1);
});

test("a slow server is told after a second and a half, large, and its answer is shown when it comes", async () => {
  const { clock, network, typeIn } = openDoor();
  const slow = network.answersLater(YES);
  network.answers(status());
  await typeIn("7K3F-9Q2M");

  await clock.pass(1_499);
  assert.equal(verdict(), null);
  assert.equal(hint(), "Checking");
  await clock.pass(1);
  assert.equal(verdict(), "Checking");
  assert.match(one("#verdict [data-part=detail]").textContent!, /^Scan of \d/);
  slow.arrive();
  await settle();

  assert.equal(verdict(), "Welcome");
});

test("a silent server is given up after six seconds, then waited for longer", async () => {
  const { clock, network, scans, typeIn } = openDoor();
  network.answersLater(YES);
  const slow = network.answersLater(YES);
  network.answers(status());
  network.answers(status());
  await typeIn("7K3F-9Q2M");

  await clock.pass(5_999);
  assert.equal(verdict(), "Checking");
  await clock.pass(1);
  assert.equal(verdict(), "No network");
  await clock.pass(1_000 + 11_000);
  assert.equal(scans().length, 2);
  slow.arrive();
  await settle();

  assert.equal(verdict(), "Welcome");
});

test("a scan that found no network goes at once when the browser says that it is back", async () => {
  const { network, scans, typeIn } = openDoor();
  network.fails();
  network.answers(answer({ word: "Again" }));
  await typeIn("7K3F-9Q2M");

  send(window, "online");
  await settle();

  assert.equal(verdict(), "Again");
  assert.deepEqual(scans().map(({ id }) => id), ["scan-1", "scan-1"]);
});

test("network that comes back sends nothing that was answered", async () => {
  const { network, scans, typeIn } = openDoor();
  network.answers(answer());
  await typeIn("ONE");
  click(".verdict-next");

  send(window, "online");
  await settle();

  assert.deepEqual(scans().map(({ code }) => code), ["ONE"]);
});

test("next person leaves what waits with the others, and its late yes says whose it is", async () => {
  const { clock, network, scans, typeIn } = openDoor();
  network.fails();
  await typeIn("ONE");
  assert.equal(one("[data-part=waiting]").hidden, true);
  click(".verdict-next");
  assert.deepEqual([verdict(), one("[data-part=waiting]").textContent], [null, "Waiting: 1"]);
  network.answers(answer({ tone: "yes", word: "Welcome", who: "Ines", verdict: "admitted", holds: false, can_undo: true }));
  network.answers(status());

  await clock.pass(1_000);

  assert.equal(verdict(), null); // somebody else may stand there now
  assert.match(one("[data-part=late] li").textContent!, /^\d.* · Ines · Welcome$/);
  assert.equal(one("[data-part=waiting]").hidden, true);
  assert.deepEqual(scans().map(({ id }) => id), ["scan-1", "scan-1"]);
});

test("a late no takes the screen when it is free, and says whose it is", async () => {
  const { clock, network, typeIn } = openDoor();
  network.fails();
  await typeIn("ONE");
  click(".verdict-next");
  const slow = network.answersLater(answer({ word: "Second" }));
  network.answers(answer({ word: "Cancelled", who: "Ines" }));
  await typeIn("TWO");
  await clock.pass(1_000);
  assert.equal(verdict(), null);
  slow.arrive();
  await settle();
  assert.equal(verdict(), "Second");

  click(".verdict-next");

  assert.deepEqual([verdict(), one("[data-part=who]").textContent], ["Cancelled", "Ines"]);
  assert.match(one("[data-part=whose]").textContent!, /^Scan of/);
  click(".verdict-next");
  assert.equal(verdict(), null);
});

test("the person in front does not wait for those before", async () => {
  const { network, scans, typeIn } = openDoor();
  const silent = network.answersLater(answer({ word: "First" }));
  network.answers(answer({ word: "Second" }));
  await typeIn("ONE");

  await typeIn("TWO");

  assert.equal(verdict(), "Second");
  assert.deepEqual(scans().map(({ code }) => code), ["ONE", "TWO"]);
  silent.arrive();
  await settle();
  click(".verdict-next");
  assert.equal(verdict(), "First");
});

test("a ticket whose answer was lost is the same scan when it is read again", async () => {
  const { network, scans, typeIn } = openDoor();
  network.fails();
  await typeIn("0FKR-PDB3");
  click(".verdict-next");
  network.answers(YES);
  network.answers(status());

  await typeIn("]Q10fkrpdb3");

  assert.equal(verdict(), "Welcome");
  assert.deepEqual(scans().map(({ id }) => id), ["scan-1", "scan-1"]);
});

test("what waits survives a reload", async () => {
  const first = openDoor();
  first.network.fails();
  await first.typeIn("ONE");
  const kept = localStorage.getItem("kermesse.door.waiting")!;

  const again = openDoor({}, { before: () => localStorage.setItem("kermesse.door.waiting", kept) });
  again.network.answers(answer({ tone: "yes", word: "Welcome", who: "Ines" }));
  await settle();

  assert.deepEqual(again.scans(), first.scans());
  assert.match(one("[data-part=late] li").textContent!, /Ines · Welcome$/);
});

const KEPT = { id: "kept-1", list: "9", source: "camera", direction: "in", code: "ONE", gate: "5", device_at: "2001-01-01T21:00:00Z" };
const keep = (...scans: object[]) => () => localStorage.setItem("kermesse.door.waiting", JSON.stringify(scans));
const sent = ({ network }: ReturnType<typeof openDoor>): object[] => network.asked.filter(({ method }) => method === "POST").map(({ body }) => JSON.parse(body as string) as object);

test("a scan that waits is sent for its own list and gate, wherever the phone points now and however long it took", async () => {
  const door = openDoor({}, { before: keep(KEPT) });
  door.network.answers(answer({ tone: "yes", word: "Welcome", who: "Ines", verdict: "admitted", can_undo: true }));
  door.network.answers(status());
  await settle();

  assert.deepEqual(sent(door), [{ ...KEPT, kept: 1 }]);
  assert.match(one("[data-part=late] li").textContent!, /^1\/\d\/01.* · Ines · Welcome$/); // its day, as it is not today's
  assert.equal(one("[data-part=last]").hidden, true); // the strip takes back what this list let in
  assert.equal(localStorage.getItem("kermesse.door.waiting"), "[]");
});

test("only a scan that is sent again is marked as kept", async () => {
  const door = openDoor();
  door.network.fails();
  door.network.answers(answer());
  await door.typeIn("ONE");
  await door.clock.pass(1_000);

  assert.deepEqual(sent(door).map((scan) => [(scan as { kept?: number }).kept, (scan as { gate: string }).gate]), [[undefined, "2"], [1, "2"]]);
});

test("a scan of this list is not the one that waits for another list", async () => {
  const { network, scans, typeIn } = openDoor({}, { before: keep(KEPT) });
  network.fails();
  await settle();
  network.answers(answer());
  network.answers(answer());

  await typeIn("ONE");

  assert.deepEqual(scans().map(({ id, list }) => [id, list]), [["kept-1", "9"], ["scan-1", "7"], ["kept-1", "9"]]);
});

test("of scans that waited and are refused each is told", async () => {
  const { network } = openDoor({}, { before: keep(KEPT, { ...KEPT, id: "kept-2", list: "8" }) });
  for (const detail of ["First no.", "Second no."]) network.answers({ code: "list_changed", detail }, { status: 409 });
  await settle();

  assert.equal(document.querySelectorAll("[data-part=late] li").length, 2);
  assert.deepEqual([verdict(), one("[data-part=advice]").textContent], ["Stop", "First no."]);
  assert.match(one("[data-part=whose]").textContent!, /^Scan of/);
  click(".verdict-next");
  assert.equal(one("[data-part=advice]").textContent, "Second no.");
});

test("two tabs of one phone do not forget what the other keeps", async () => {
  const { network, typeIn } = openDoor();
  network.fails();
  await typeIn("ONE");
  const mine = JSON.parse(localStorage.getItem("kermesse.door.waiting")!) as object[];
  keep(...mine, KEPT)(); // what the other tab has added since
  network.answers(answer());

  click("[data-part=retry]");
  await settle();

  assert.deepEqual(JSON.parse(localStorage.getItem("kermesse.door.waiting")!), [KEPT]);
});

test("a sign-in in another tab costs no scan: the page takes the token that the status brings", async () => {
  const { clock, network, typeIn } = openDoor();
  network.answers(status({ token: "fresh" }));
  await clock.pass(15_000);
  network.answers(answer());

  await typeIn("ONE");

  assert.equal(network.asked.at(-1)!.headers["X-CSRFToken"], "fresh");
});

for (const kept of ["no JSON", "{}", "[1]", '[null,{"id":"half","device_at":"2001-01-01T00:00:00Z","code":"X"}]']) {
  test(`what is no scan is not asked: ${kept}`, async () => {
    const { network } = openDoor({}, { before: () => localStorage.setItem("kermesse.door.waiting", kept) });
    await settle();

    assert.deepEqual(network.asked, []);
  });
}

test("trying again while one is under way sends nothing twice", async () => {
  const { network, scans, typeIn } = openDoor();
  network.fails();
  await typeIn("ONE");
  const slow = network.answersLater(answer());

  click("[data-part=retry]");
  click("[data-part=retry]");
  send(window, "online");
  slow.arrive();
  await settle();

  assert.equal(scans().length, 2);
});

test("signed out: the scan stays, nothing more is asked, and the way to sign in is there", async () => {
  const { clock, network, scans, typeIn } = openDoor();
  network.answers({ code: "signed_out", detail: "Signed out." }, { status: 401 });
  network.fails();
  await typeIn("ONE");

  assert.deepEqual([verdict(), one("[data-part=go]").hidden], ["Stop", false]);
  await clock.pass(15_000);
  assert.equal(scans().length, 1);
  assert.equal((JSON.parse(localStorage.getItem("kermesse.door.waiting")!) as object[]).length, 1);
});

for (const where of ["scan", "status"]) {
  test(`a withdrawn phone says so plainly and how to go on (${where})`, async () => {
    const { clock, network, typeIn } = openDoor();
    network.answers({ code: "device_revoked", detail: "Ask the person in charge." }, { status: 403 });

    if (where === "scan") await typeIn("ONE");
    else await clock.pass(15_000);

    assert.deepEqual([verdict(), one("[data-part=advice]").textContent], ["Withdrawn", "Ask the person in charge."]);
    assert.equal(one("[data-part=go]").hidden, false);
  });
}

const OTHER = { list: 9, reason: "This list is for Tuesday. Today is Wednesday.", button: "Switch to “Wednesday”" };

test("one valid ticket on a list of another day is enough to offer the right one", async () => {
  const { network, typeIn } = openDoor();
  network.answers(answer({ verdict: "wrong_list", switch: OTHER }));

  await typeIn("ONE");

  assert.deepEqual([one("[data-part=switch]").hidden, one("[data-part=switch-reason]").textContent], [false, OTHER.reason]);
});

for (const offered of [OTHER, null]) {
  test(`three refusals for the same reason ask about the list, ${offered ? "with the right one" : "without knowing a better one"}`, async () => {
    const { network, typeIn } = openDoor();
    const asked: boolean[] = [];
    for (const reason of ["wrong_day", "wrong_day", "cancelled", "wrong_day", "wrong_day", "wrong_day", "wrong_day"]) {
      network.answers(answer({ verdict: reason, switch: offered }));
      await typeIn(`CODE ${asked.length}`);
      asked.push(!one("[data-part=switch]").hidden);
      click(".verdict-next");
    }

    assert.deepEqual(asked, [false, false, false, false, false, true, true]);
    assert.equal(one("[data-part=switch-button]").hidden, offered === null);
  });
}

test("the page follows the change of day", async () => {
  const { clock, network } = openDoor();
  network.answers(status({ day: "Wednesday", warning: OTHER.reason, switch: OTHER }));
  await clock.pass(15_000);

  const button = one<HTMLButtonElement>("[data-part=warning-switch]");
  assert.deepEqual([one("[data-part=warning]").hidden, one("[data-part=warning-text]").textContent], [false, OTHER.reason]);
  assert.equal(one("[data-part=day]").textContent, "Wednesday");
  assert.deepEqual([button.hidden, button.value, button.textContent], [false, "9", OTHER.button]);
  network.answers(status());
  await clock.pass(15_000);
  assert.equal(one("[data-part=warning]").hidden, true);
});

for (const changes of [{ list: 8 }, { exits: true }, { practice: true }]) {
  test(`a list that was changed elsewhere is shown anew, once nobody is in the way: ${Object.keys(changes)[0]}`, async () => {
    const { clock, network, typeIn, visits } = openDoor();
    network.answers(answer());
    await typeIn("ONE");
    network.answers(status(changes));
    await clock.pass(15_000);
    assert.deepEqual(visits, []);
    click(".verdict-next");
    one<HTMLInputElement>("#code").value = "";
    network.answers(status(changes));
    await clock.pass(15_000);

    assert.deepEqual(visits, ["reload"]);
  });
}

test("the way out is scanned as such, and stays chosen", async () => {
  const { network, scans, typeIn } = openDoor({}, { ways: true });
  const [, out] = [...document.querySelectorAll<HTMLInputElement>("input[name=direction]")];
  out!.checked = true;
  send(out!, "change");
  network.answers(answer({ tone: "out", word: "Goodbye", verdict: "left", holds: false }));
  network.answers(status({ exits: true, inside: 1 }));

  await typeIn("ONE");

  assert.deepEqual([scans()[0]!["direction"], one("[data-behavior=door]").dataset["way"]], ["out", "out"]);
  assert.equal(one("[data-part=inside]").textContent, "1 inside now");
  assert.equal(sessionStorage.getItem("kermesse.door.way"), "out");
});

const INES = answer({ tone: "yes", word: "Welcome", who: "Ines", verdict: "admitted", holds: false, can_undo: true });

test("the last person can be taken back for a minute, and the counter goes back", async () => {
  const { clock, network, typeIn } = openDoor();
  network.answers(INES);
  network.answers(status({ admitted: 5 }));
  await typeIn("ONE");
  await clock.pass(1_200);
  assert.deepEqual([one("[data-part=last]").hidden, one("[data-part=last-text]").textContent], [false, "Ines · Welcome"]);
  network.answers(status({ admitted: 4 }));

  click("[data-part=last] button");
  await settle();

  const { url, body } = network.asked.at(-1)!;
  assert.deepEqual([url, JSON.parse(body as string)], ["/scan/undo/", { id: "scan-2", scan: "scan-1", list: "7" }]);
  assert.deepEqual([one("[data-part=last-text]").textContent, one("[data-part=admitted]").textContent], ["Taken back.", "4"]);
  assert.equal(one("[data-part=last] button").hidden, true);
});

test("after a minute it is no longer offered", async () => {
  const { clock, network, typeIn } = openDoor();
  network.answers(INES);
  for (let times = 0; times < 5; times += 1) network.answers(status());
  await typeIn("ONE");

  await clock.pass(59_999);
  assert.equal(one("[data-part=last]").hidden, false);
  await clock.pass(1);
  assert.equal(one("[data-part=last]").hidden, true);
});

test("an undo that found no network is sent again as the same act; a refused one says why", async () => {
  const { network, typeIn } = openDoor();
  network.answers(INES);
  network.answers(status());
  await typeIn("ONE");
  network.fails();
  click("[data-part=last] button");
  await settle();
  assert.deepEqual([one("[data-part=last-text]").textContent, one("[data-part=last] button").hidden], ["No network.", false]);
  network.answers({ code: "undone_already", detail: "This was taken back already." }, { status: 409 });

  click("[data-part=last] button");
  await settle();

  assert.equal(one("[data-part=last-text]").textContent, "This was taken back already.");
  const [first, second] = network.asked.filter(({ url }) => url === "/scan/undo/").map(({ body }) => body);
  assert.equal(second, first);
});

test("a ticket that was taken back may be read again at once", async () => {
  const { network, scans, start, film } = openDoor();
  await start();
  network.answers({ ...INES, holds: true });
  network.answers(status());
  await film("TICKET");
  network.answers(status());
  click("[data-part=undo]");
  await settle();
  network.answers(answer());

  await film("TICKET");

  assert.equal(scans().length, 2);
});

test("a ticket is found by name, and one tap scans it", async () => {
  const { network, scans } = openDoor();
  click("[data-part=find-open]");
  one<HTMLInputElement>("[name=words]").value = "ines";
  network.answers({ found: [{ code: "ref:1", name: "<b>Ines</b>", what: "Day", when: "Sunday", state: "valid now", tone: "yes" }], message: "" });
  send(one("#find-form"), "submit");
  await settle();
  assert.deepEqual(JSON.parse(network.asked[0]!.body as string), { list: "7", direction: "in", words: "ines" });
  assert.equal(one("[data-part=find-list] b").textContent, "<b>Ines</b>");
  network.answers(answer());

  click("[data-part=find-list] button");
  await settle();

  assert.equal(one("[data-part=find]").hidden, true);
  assert.equal(document.querySelector("[data-part=find-list] b"), null); // no name stays on the phone
  assert.deepEqual(scans().map(({ source, code }) => [source, code]), [["name", "ref:1"]]);
});

test("a search that is refused or finds no network says so", async () => {
  const { network } = openDoor();
  click("[data-part=find-open]");
  for (const [prepare, words] of [
    [() => network.answers({ code: "find_too_often", detail: "Go on in 3 minutes." }, { status: 429 }), "Go on in 3 minutes."],
    [() => network.fails(), "No network."],
  ] as const) {
    prepare();
    send(one("#find-form"), "submit");
    assert.equal(one("[data-part=find-message]").textContent, "Checking");
    await settle();
    assert.equal(one("[data-part=find-message]").textContent, words);
  }
});

test("an answer to a search that was closed shows nobody", async () => {
  const { network } = openDoor();
  click("[data-part=find-open]");
  const slow = network.answersLater({ found: [{ code: "r", name: "Ines", what: "", when: "", state: "", tone: "yes" }], message: "" });
  send(one("#find-form"), "submit");
  click("[data-part=find-close]");

  slow.arrive();
  await settle();

  assert.equal(document.querySelector("[data-part=find-list] b"), null);
  press(one("[data-part=find]"), "Escape");
});

test("a tabulator or a line feed at the end of a code sends the field too", async () => {
  for (const [key, options] of [["Tab", { code: "Tab" }], ["j", { code: "KeyJ", ctrlKey: true }]] as const) {
    const { network, scans } = openDoor();
    one<HTMLInputElement>("#code").value = "ONE";
    network.answers(answer());

    const event = press(one("#code"), key, options);
    await settle();

    assert.deepEqual([event.defaultPrevented, scans().length], [true, 1]);
  }
  const { network } = openDoor();
  assert.equal(press(one("#code"), "Tab", { code: "Tab" }).defaultPrevented, false); // an empty field is left as usual
  assert.deepEqual(network.asked, []);
});

test("the camera starts by itself after a reload in which it ran", async () => {
  const { phone } = openDoor(undefined, { before: () => sessionStorage.setItem("kermesse.door.running", "1") });
  await settle();

  assert.equal(phone.asked.length, 1);
});

for (const [name, body, advice] of [["with the server's reason", { code: "scan_id_reused", detail: "Scan again." }, "Scan again."], ["with our words otherwise", { code: "x" }, "Reload the page."]] as const) {
  test(`a refusal is told ${name}, and cannot be tried again`, async () => {
    const { clock, network, typeIn } = openDoor();
    network.answers(body, { status: 409 });

    await typeIn("7K3F-9Q2M");
    await clock.pass(5_000);

    assert.equal(verdict(), "Stop");
    assert.equal(one("#verdict [data-part=advice]").textContent, advice);
    assert.equal(one("[data-part=retry]").hidden, true);
  });
}

for (const [name, trouble] of [["NotAllowedError", "denied"], ["NotFoundError", "missing"], ["NotReadableError", "busy"]] as const) {
  test(`a camera that is ${trouble} is explained, can be started again, and codes can be typed meanwhile`, async () => {
    const { decoder, network, phone, start, typeIn } = openDoor();
    phone.refusals.push(new DOMException("", name));
    click("[data-part=start]");
    await settle();

    assert.deepEqual(troubles(), [trouble]);
    assert.equal(hint(), "");
    assert.equal(one("[data-part=start-panel]").hidden, false);
    assert.equal(one("[data-part=finder]").classList.contains("running"), false);
    assert.equal(decoder.script, "");
    network.answers(answer());
    await typeIn("ONE");
    assert.equal(verdict(), "No");
    click(".verdict-next");

    await start();
    assert.deepEqual(troubles(), []);
    assert.equal(decoder.script, "/worker.js");
  });
}

test("a decoder that cannot run is explained, and starting again is not offered", async () => {
  const { decoder, start } = openDoor();
  await start();

  decoder.tells({ type: "broken", reason: "no memory" });

  assert.deepEqual(troubles(), ["decoder"]);
  assert.equal(one("[data-part=start-panel]").hidden, true);
});

test("light and lenses are offered where they exist", async () => {
  const { phone, start } = openDoor({ back: "Back", front: "Front" }, { torch: true });
  await start();
  assert.deepEqual([one("[data-part=torch]").hidden, one("[data-part=lens]").hidden], [false, false]);

  click("[data-part=torch]");
  await settle();
  assert.equal(one("[data-part=torch]").getAttribute("aria-pressed"), "true");
  assert.equal(phone.current().torch, true);
  click("[data-part=torch]");
  await settle();
  assert.equal(one("[data-part=torch]").getAttribute("aria-pressed"), "false");
  click("[data-part=lens]");
  await settle();
  assert.equal(phone.current().deviceId, "front");
});

test("one lens without light offers neither", async () => {
  const { start } = openDoor();

  await start();

  assert.deepEqual([one("[data-part=torch]").hidden, one("[data-part=lens]").hidden], [true, true]);
});

test("the count of the other doors is asked for every 15 seconds, but not in the pocket", async () => {
  const { clock, network } = openDoor();
  network.answers(status({ admitted: 10 }));
  await clock.pass(15_000);
  assert.equal(one("[data-part=admitted]").textContent, "10");

  setVisible(false);
  await clock.pass(60_000);
  assert.equal(network.asked.length, 1);
  setVisible(true);
  network.fails();
  await clock.pass(15_000);

  assert.equal(network.asked.length, 2);
  assert.equal(one("[data-part=admitted]").textContent, "10");
});

test("a hint that the page does not have is empty", async () => {
  const { start, film } = openDoor();
  delete one("[data-part=hint]").dataset["aim"];
  await start();

  await film();

  assert.equal(hint(), "");
});

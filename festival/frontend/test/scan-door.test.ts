import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, hint, openDoor, troubles, verdict } from "./stage/door";
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
  network.answers({ admitted: 1234, label: "people inside" });

  await film("TICKET");

  assert.deepEqual(scans(), [{ id: "scan-1", list: "7", source: "camera", code: "TICKET" }]);
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
  network.answers({ admitted: 4, label: "inside" });

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
  network.answers({ admitted: 4, label: "inside" });

  await typeIn("7K3F-9Q2M");

  assert.deepEqual(scans(), [{ id: "scan-1", list: "7", source: "typed", code: "7K3F-9Q2M" }]);
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

  assert.equal(send(one("form"), "submit").defaultPrevented, false);
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
  const read = async (from: number): Promise<void> => {
    ["KeyA", "KeyB", "KeyC", "Digit1", "Digit2", "Digit3", "Enter"].forEach((code, index) => press(document.body, "?", { code, at: from + index }));
    await settle();
  };
  network.answers(answer({ word: "First" }));
  const slow = network.answersLater(answer({ word: "Second" }));

  await read(10_000);
  assert.equal(verdict(), "First");
  await read(20_000);
  assert.equal(verdict(), null); // the first person's word is not the second's
  slow.arrive();
  await settle();

  assert.equal(verdict(), "Second");
  assert.deepEqual(scans().map(({ id, source, code }) => [id, source, code]), [["scan-1", "reader", "ABC123"], ["scan-2", "reader", "ABC123"]]);
});

test("a code with a zero character goes without it", async () => {
  const { network, scans, start, film } = openDoor();
  await start();
  network.answers(answer());

  await film("AB\0C\0");

  assert.equal(scans()[0]!["code"], "ABC");
});

for (const [name, prepare] of Object.entries<(door: ReturnType<typeof openDoor>) => void>({
  "without network": ({ network }) => network.fails(),
  "with a server that is down": ({ network }) => network.answers("<h1>502</h1>", { status: 502 }),
})) {
  test(`${name} the scan is kept, and trying again sends the same scan`, async () => {
    const door = openDoor();
    prepare(door);
    door.network.answers(YES);
    door.network.answers({ admitted: 4, label: "inside" });

    await door.typeIn("7K3F-9Q2M");
    assert.equal(verdict(), "No network");
    assert.equal(one("#verdict").dataset["tone"], "offline");
    assert.equal(one("#verdict [data-part=advice]").textContent, "Try again.");
    await door.clock.pass(5_000); // it waits for a hand
    click("[data-part=retry]");
    await settle();

    assert.equal(verdict(), "Welcome");
    const [first, second] = door.scans();
    assert.deepEqual(second, first);
    assert.equal(one("[data-part=retry]").hidden, true);
  });
}

test("a server that does not answer is given up after six seconds", async () => {
  const { clock, network, typeIn } = openDoor();
  network.answersLater(YES);
  await typeIn("7K3F-9Q2M");

  await clock.pass(5_999);
  assert.equal(verdict(), null);
  assert.equal(hint(), "Checking");
  await clock.pass(1);

  assert.equal(verdict(), "No network");
});

test("a scan that found no network goes by itself when it is back", async () => {
  const { network, scans, typeIn } = openDoor();
  network.fails();
  network.answers(answer({ word: "Again" }));
  await typeIn("7K3F-9Q2M");

  send(window, "online");
  await settle();

  assert.equal(verdict(), "Again");
  assert.deepEqual(scans().map(({ id }) => id), ["scan-1", "scan-1"]);
});

test("network that comes back sends nothing that was answered or given up", async () => {
  const { network, scans, typeIn } = openDoor();
  network.answers(answer());
  await typeIn("ONE");
  send(window, "online");
  click(".verdict-next");
  network.fails();
  await typeIn("TWO");
  click(".verdict-next");

  send(window, "online");
  await settle();

  assert.deepEqual(scans().map(({ code }) => code), ["ONE", "TWO"]);
});

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

for (const [name, body, advice] of [["with the server's reason", { detail: "Signed out." }, "Signed out."], ["with our words otherwise", {}, "Reload the page."]] as const) {
  test(`a refusal is told ${name}, and cannot be tried again`, async () => {
    const { clock, network, typeIn } = openDoor();
    network.answers(body, { status: 403 });

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
  network.answers({ admitted: 10, label: "inside" });
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

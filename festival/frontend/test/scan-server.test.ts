import assert from "node:assert/strict";
import { test } from "node:test";
import { admitted, redeem, Refused, Unreachable, type Scan } from "../src/scan-server";
import { openPage, settle } from "./stage/page";

const SCAN: Scan = { id: "0f5e", list: "7", source: "camera", code: "ABC" };
const ANSWER = { tone: "yes", word: "Welcome", who: "Ines", what: "Day", detail: "", advice: "", holds: false, verdict: "admitted" };

test("a scan is sent with its id and token, and the answer comes back as it is", async () => {
  const { network } = openPage("");
  network.answers(ANSWER);

  assert.deepEqual(await redeem("/scan/redeem/", SCAN, "t0ken"), ANSWER);

  assert.deepEqual(network.asked, [
    {
      url: "/scan/redeem/",
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": "t0ken" },
      body: JSON.stringify(SCAN),
    },
  ]);
});

test("the count is asked for without changing anything", async () => {
  const { network } = openPage("");
  network.answers({ admitted: 12, label: "inside" });

  assert.deepEqual(await admitted("/scan/status/"), { admitted: 12, label: "inside" });

  assert.deepEqual(network.asked.map(({ url, method, body }) => [url, method, body]), [["/scan/status/", "GET", undefined]]);
});

test("no network is unreachable", async () => {
  const { network } = openPage("");
  network.fails();

  await assert.rejects(redeem("/", SCAN, ""), Unreachable);
});

test("a server that says nothing for six seconds is unreachable", async () => {
  const { clock, network } = openPage("");
  network.answersLater(ANSWER);
  let outcome = "waiting";
  redeem("/", SCAN, "").catch((error: unknown) => (outcome = error instanceof Unreachable ? "unreachable" : "other"));

  await clock.pass(5_999);
  assert.equal(outcome, "waiting");
  await clock.pass(1);
  assert.equal(outcome, "unreachable");
});

test("a slow answer within six seconds counts", async () => {
  const { clock, network } = openPage("");
  const slow = network.answersLater(ANSWER);
  const asked = redeem("/", SCAN, "");

  await clock.pass(5_999);
  slow.arrive();
  await settle();

  assert.deepEqual(await asked, ANSWER);
});

for (const status of [429, 500, 502, 503, 504]) {
  test(`${status} may go by: unreachable`, async () => {
    const { network } = openPage("");
    network.answers("<h1>Later</h1>", { status });

    await assert.rejects(redeem("/", SCAN, ""), Unreachable);
  });
}

for (const status of [400, 401, 403, 404, 409]) {
  test(`${status} stays, with the server's reason: refused`, async () => {
    const { network } = openPage("");
    network.answers({ detail: "This phone is signed out." }, { status });

    await assert.rejects(redeem("/", SCAN, ""), (error) => error instanceof Refused && error.message === "This phone is signed out.");
  });
}

for (const [name, body] of [["no JSON", "<h1>Forbidden</h1>"], ["no reason", "{}"]] as const) {
  test(`a refusal with ${name} is a refusal without words`, async () => {
    const { network } = openPage("");
    network.answers(body, { status: 403 });

    await assert.rejects(redeem("/", SCAN, ""), (error) => error instanceof Refused && error.message === "");
  });
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { askStatus, find, patience, redeem, Refused, Token, undo, Unreachable, type Scan } from "../src/scan-server";
import { status } from "./stage/door";
import { all, openPage, settle } from "./stage/page";

const SCAN: Scan = { id: "0f5e", list: "7", source: "camera", direction: "in", code: "ABC", device_at: "2027-05-02T09:30:00Z" };
const FIELDS = '<input name="csrfmiddlewaretoken" value="t0ken"><input name="csrfmiddlewaretoken" value="t0ken">';
/** The token of the page that is open. */
const token = (): Token => new Token(document, "/scan/status/");
const ANSWER = { id: "0f5e", tone: "yes", word: "Welcome", who: "Ines", what: "Day", detail: "", advice: "", holds: false, verdict: "admitted" };

test("a scan is sent with its id and token, and the answer comes back as it is", async () => {
  const { network } = openPage(FIELDS);
  network.answers(ANSWER);

  assert.deepEqual(await redeem("/scan/redeem/", SCAN, token()), ANSWER);

  assert.deepEqual(network.asked, [
    {
      url: "/scan/redeem/",
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": "t0ken" },
      body: JSON.stringify(SCAN),
    },
  ]);
});

test("the state of the list is asked for without changing anything", async () => {
  const { network } = openPage("");
  network.answers(status());

  assert.deepEqual(await askStatus("/scan/status/", token()), status());

  assert.deepEqual(network.asked.map(({ url, method, body }) => [url, method, body]), [["/scan/status/", "GET", undefined]]);
});

test("no network is unreachable", async () => {
  const { network } = openPage("");
  network.fails();

  await assert.rejects(redeem("/", SCAN, token()), Unreachable);
});

test("a server that says nothing for six seconds is unreachable", async () => {
  const { clock, network } = openPage("");
  network.answersLater(ANSWER);
  let outcome = "waiting";
  redeem("/", SCAN, token()).catch((error: unknown) => (outcome = error instanceof Unreachable ? "unreachable" : "other"));

  await clock.pass(5_999);
  assert.equal(outcome, "waiting");
  await clock.pass(1);
  assert.equal(outcome, "unreachable");
});

test("a slow answer within six seconds counts", async () => {
  const { clock, network } = openPage("");
  const slow = network.answersLater(ANSWER);
  const asked = redeem("/", SCAN, token());

  await clock.pass(5_999);
  slow.arrive();
  await settle();

  assert.deepEqual(await asked, ANSWER);
});

for (const code of [500, 502, 503, 504]) {
  test(`${code} may go by: unreachable, even in our own words`, async () => {
    const { network } = openPage("");
    network.answers("<h1>Later</h1>", { status: code });
    network.answers({ code: "x", detail: "y" }, { status: code });

    for (let times = 0; times < 2; times += 1) await assert.rejects(redeem("/", SCAN, token()), (error) => error instanceof Unreachable && !error.isStrange);
  });
}

const STRANGE: [string, unknown, object][] = [
  ["a page of the Wi-Fi", "<h1>Welcome to our Wi-Fi</h1>", {}],
  ["a page that calls itself JSON", "<h1>Sign in</h1>", { type: "application/json" }],
  ["our JSON under another name", JSON.stringify(ANSWER), { type: "text/html" }],
  ["another address's answer", ANSWER, { redirected: true }],
  ["the answer to another scan", { ...ANSWER, id: "other" }, {}],
  ["half an answer", { id: "0f5e", word: "Welcome" }, {}],
  ["an array", [], {}],
  ["null", null, {}],
  ["nothing", "", {}],
  ["a number", 1, {}],
  ["a refusal that is a page", "<h1>Forbidden</h1>", { status: 403 }],
  ["a refusal without a code", {}, { status: 403 }],
  ["a proxy's no", "<h1>Too many</h1>", { status: 429 }],
];

for (const [name, body, options] of STRANGE) {
  test(`${name} is no verdict`, async () => {
    const { network } = openPage("");
    network.answers(body, options);

    await assert.rejects(redeem("/", SCAN, token()), Unreachable);
  });
}

test("only what our server sends is believed anywhere else", async () => {
  const { network } = openPage("");
  for (let times = 0; times < 3; times += 1) network.answers({});

  for (const ask of [askStatus("/", token()), find("/", {}, token()), undo("/", {}, token())]) await assert.rejects(ask, (error) => error instanceof Unreachable && error.isStrange);
});

for (const code of [400, 401, 403, 404, 409, 429]) {
  test(`${code} stays, with the server's reason: refused`, async () => {
    const { network } = openPage("");
    network.answers({ code: "signed_out", detail: "This phone is signed out." }, { status: code, type: "application/problem+json" });

    await assert.rejects(redeem("/", SCAN, token()), (error) => error instanceof Refused && error.code === "signed_out" && error.message === "This phone is signed out.");
  });
}

const OUT_OF_DATE = { code: "form_out_of_date", detail: "This form is out of date" };

for (const [name, ask, answer] of [
  ["a scan", () => redeem("/do/", SCAN, token()), ANSWER],
  ["a search", () => find("/do/", {}, token()), { found: [], message: "" }],
  ["an undo", () => undo("/do/", {}, token()), status()],
] as [string, () => Promise<unknown>, unknown][]) {
  test(`${name} refused because somebody signed in in another tab is sent again with the present token`, async () => {
    const { network } = openPage(FIELDS);
    network.answers(OUT_OF_DATE, { status: 403, type: "application/problem+json" });
    network.answers(status({ token: "fresh" }));
    network.answers(answer);

    assert.deepEqual(await ask(), answer);

    const [first, asked, second] = network.asked;
    assert.deepEqual([first, asked, second].map((each) => each!.url), ["/do/", "/scan/status/", "/do/"]);
    assert.deepEqual([first, second].map((each) => each!.headers["X-CSRFToken"]), ["t0ken", "fresh"]);
    assert.equal(second!.body, first!.body);
    assert.deepEqual(all<HTMLInputElement>("input").map(({ value }) => value), ["fresh", "fresh"]);
  });
}

test("a token that never fits is no word about the scan", async () => {
  const { network } = openPage(FIELDS);
  for (const answer of [OUT_OF_DATE, status(), OUT_OF_DATE]) network.answers(answer, { status: "code" in answer ? 403 : 200 });

  await assert.rejects(redeem("/", SCAN, token()), (error) => error instanceof Unreachable && error.isStrange);
});

test("whoever was signed out meanwhile hears that", async () => {
  const { network } = openPage(FIELDS);
  network.answers(OUT_OF_DATE, { status: 403 });
  network.answers({ code: "signed_out", detail: "Signed out." }, { status: 401 });

  await assert.rejects(redeem("/", SCAN, token()), (error) => error instanceof Refused && error.code === "signed_out");
});

test("another refusal after the renewal is told as it is", async () => {
  const { network } = openPage(FIELDS);
  network.answers(OUT_OF_DATE, { status: 403 });
  network.answers(status());
  network.answers({ code: "scan_id_reused", detail: "Again." }, { status: 409 });

  await assert.rejects(redeem("/", SCAN, token()), (error) => error instanceof Refused && error.code === "scan_id_reused");
});

test("a page without a form sends an empty token", async () => {
  const { network } = openPage("");
  network.answers(ANSWER);

  await redeem("/", SCAN, token(), 0, true);

  assert.equal(network.asked[0]!.headers["X-CSRFToken"], "");
  assert.deepEqual(JSON.parse(network.asked[0]!.body as string), { ...SCAN, kept: 1 });
});

test("a refusal without words is a refusal", async () => {
  const { network } = openPage("");
  network.answers({ code: "x", detail: 1 }, { status: 409 });

  await assert.rejects(redeem("/", SCAN, token()), (error) => error instanceof Refused && error.message === "");
});

test("each try waits longer, up to 24 seconds", () => {
  assert.deepEqual([0, 1, 2, 3, 9].map(patience), [6_000, 12_000, 24_000, 24_000, 24_000]);
});

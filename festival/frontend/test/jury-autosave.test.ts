import assert from "node:assert/strict";
import { test } from "node:test";
import { keptHere, leftBehind, openCard, type Card } from "./stage/card";
import { one, send, setVisible, settle } from "./stage/page";

const SAVED = { message: "Draft saved at 10:05.", version: 4 };
const OTHER = { version: 9, state: "draft", comment: "theirs", marks: { impact: 2 }, saved: "Saved there." };
const CONFLICT = { code: "scorecard_changed", message: "Changed.", card: OTHER };

test("a draft is kept at once, and saved a moment after the last key", async () => {
  const card = openCard();
  card.network.answers(SAVED);

  card.say("a");
  assert.deepEqual([card.status(), keptHere(), card.asks()], ["Saving", ["a"], true]);
  await card.clock.pass(899);
  card.say("ab");
  await card.clock.pass(899);
  assert.deepEqual(card.drafts(), []);
  await card.clock.pass(1);

  assert.deepEqual(card.drafts(), [["3", "ab"]]);
  const { url, headers } = card.network.asked[0]!;
  assert.deepEqual([url, headers], ["/jury/x/entries/drill/draft/", { Accept: "application/json" }]);
  assert.deepEqual([card.status(), card.version(), keptHere(), card.asks()], [SAVED.message, "4", [], false]);
});

test("nothing is sent while nothing changes", async () => {
  const card = openCard();
  card.network.answers(SAVED);
  card.say("a");

  await card.clock.pass(600_000);

  assert.equal(card.network.asked.length, 1);
});

test("a change that is taken back is no change, and what stood there is said again", async () => {
  const card = openCard({ comment: "a" });
  card.say("ab");

  card.say("a");
  await card.clock.pass(600_000);

  assert.deepEqual([card.network.asked, card.status(), keptHere(), card.asks()], [[], "Saved before.", [], false]);
});

test("what is typed during a save goes with the next, after it, with its version and its own number", async () => {
  const card = openCard();
  const first = card.network.answersLater({ message: "First.", version: 4 });
  card.network.answers({ message: "Second.", version: 5 });
  card.say("a");
  await card.clock.pass(900);

  card.say("ab");
  await card.clock.pass(5_000);
  assert.deepEqual(card.drafts(), [["3", "a"]]);
  first.arrive();
  await settle();
  assert.deepEqual([card.status(), keptHere(), card.asks()], ["Saving", ["ab"], true]); // the "b" is only here
  await card.clock.pass(900);

  assert.deepEqual([card.drafts(), card.turns()], [[["3", "a"], ["4", "ab"]], ["1", "2"]]);
  assert.deepEqual([card.status(), keptHere()], ["Second.", []]);
});

const failures: Record<string, [(card: Card) => void, string]> = {
  "there is no network": [({ network }) => network.fails(), "No network, kept"],
  "the site fails": [({ network }) => network.answers("<h1>Server error</h1>", { status: 500 }), "Fault, kept"],
  "the site is too busy": [({ network }) => network.answers("<h1>Slow down</h1>", { status: 429 }), "Fault, kept"],
  "somebody else's page answers": [({ network }) => network.answers("<h1>Welcome to the train's network</h1>"), "Fault, kept"],
  "the session has ended": [({ network }) => network.answers({ code: "signed_out", message: "-" }, { status: 401 }), "Signed out, kept"],
  "the sign-in page comes instead": [({ network }) => network.answers("<h1>Sign in</h1>", { redirected: true }), "Signed out, kept"],
  "another account is signed in": [({ network }) => network.answers({ code: "other_account", message: "Not you." }, { status: 409 }), "Not you."],
};

for (const [name, [prepare, sentence]] of Object.entries(failures)) {
  test(`it says so, keeps it and tries again when ${name}`, async () => {
    const card = openCard();
    prepare(card);
    card.network.answers(SAVED);

    card.say("a");
    await card.clock.pass(900);
    assert.deepEqual([card.status(), card.version(), keptHere(), card.asks()], [sentence, "3", ["a"], true]);
    assert.equal(one("[data-sign-in]").hidden, !name.startsWith("the s") || sentence === "Fault, kept");
    assert.equal(card.form.dataset["saving"], undefined); // the button that keeps a draft is there
    await card.clock.pass(1_999);
    assert.equal(card.network.asked.length, 1);
    await card.clock.pass(1);

    assert.deepEqual(card.drafts(), [["3", "a"], ["3", "a"]]);
    assert.deepEqual([card.status(), keptHere(), one("[data-sign-in]").hidden], [SAVED.message, [], true]);
    assert.equal(card.form.dataset["saving"], "");
  });
}

test("an answer that does not come in ten seconds is a fault, and the next try has a number of its own", async () => {
  const card = openCard();
  card.network.answersLater(SAVED);
  card.network.answers(SAVED);
  card.say("a");

  await card.clock.pass(10_900);
  assert.equal(card.status(), "Fault, kept");
  await card.clock.pass(2_000);

  assert.deepEqual([card.status(), card.turns()], [SAVED.message, ["1", "2"]]);
});

test("the pauses grow to a minute, and five minutes of typing without network lose nothing", async () => {
  const card = openCard();
  for (let times = 0; times < 60; times += 1) card.network.fails();
  card.say("a");

  await card.clock.pass(900 + 2_000 + 5_000 + 15_000 + 30_000 + 60_000 + 60_000);
  assert.equal(card.network.asked.length, 7);
  for (let word = 1; word <= 300; word += 1) {
    card.say("word ".repeat(word));
    await card.clock.pass(500);
    assert.equal(card.status(), "No network, kept");
  }

  assert.deepEqual(keptHere(), ["word ".repeat(300)]);
});

for (const [name, target] of [["the network is back", "online"], ["one comes back to the window", "focus"]] as const) {
  test(`it tries at once when ${name}`, async () => {
    const card = openCard();
    card.network.fails();
    card.network.answers(SAVED);
    card.say("a");
    await card.clock.pass(900);

    send(window, target);
    await card.clock.pass(0);

    assert.equal(card.status(), SAVED.message);
  });
}

test("what is typed goes on its way when the page is put away", async () => {
  const card = openCard();
  card.network.answers(SAVED);
  card.say("a");

  setVisible(false);
  send(document, "visibilitychange");
  await settle();

  assert.deepEqual(card.drafts(), [["3", "a"]]);
});

test("after signing in anew the form takes the new token and the draft goes through", async () => {
  const card = openCard();
  card.network.answers("<h1>This form is out of date</h1>", { status: 403 });
  card.network.answers({ token: "new", typed_by: "7" });
  card.network.answers(SAVED);

  card.say("a");
  await card.clock.pass(900);

  assert.deepEqual(card.network.asked.map(({ method }) => method), ["POST", "GET", "POST"]);
  assert.equal(one<HTMLInputElement>("[name=csrfmiddlewaretoken]").value, "new");
  assert.equal(card.status(), SAVED.message);
});

test("a browser that keeps nothing is told so, and the sign-in opens beside the page", async () => {
  const card = openCard({ refuses: true });
  card.network.answers({ code: "signed_out" }, { status: 401 });

  card.say("a");
  await card.clock.pass(900);

  assert.deepEqual([card.status(), one<HTMLAnchorElement>("a").target], ["Signed out, here only", "_blank"]);
});

test("going to sign in is no leaving that asks, as long as this browser keeps it", async () => {
  const card = openCard();
  card.network.answers({ code: "signed_out" }, { status: 401 });
  card.say("a");
  await card.clock.pass(900);

  one("a").addEventListener("click", (event) => event.preventDefault());
  one("a").click();

  assert.deepEqual([card.asks(), keptHere()], [false, ["a"]]);
});

test("a refusal says why, and what is typed after it stays here", async () => {
  const card = openCard();
  card.network.answers({ code: "judging_not_open", message: "The round is over." }, { status: 409 });
  card.say("a");
  await card.clock.pass(900);
  assert.equal(card.status(), "The round is over.");

  card.say("ab");
  await card.clock.pass(600_000);

  assert.deepEqual([card.network.asked.length, card.status(), keptHere(), card.asks()], [1, "Changed, kept", ["ab"], true]);
});

test("a page that is not found any more is a refusal too", async () => {
  const card = openCard();
  card.network.answers("<h1>Not found</h1>", { status: 404 });

  card.say("a");
  await card.clock.pass(900);

  assert.deepEqual([card.status(), keptHere()], ["Refused, kept", ["a"]]);
});

test("a draft that is not valid says so and waits for a change", async () => {
  const card = openCard();
  card.network.answers({ message: "This cannot be saved as it is." }, { status: 422 });
  card.network.answers(SAVED);
  card.say("a");
  await card.clock.pass(600_000);
  assert.deepEqual([card.network.asked.length, card.status()], [1, "This cannot be saved as it is."]);

  card.say("ab");
  await card.clock.pass(900);

  assert.equal(card.status(), SAVED.message);
});

// Two versions ----------------------------------------------------------------------------------------------------

async function inConflict(): Promise<Card> {
  const card = openCard();
  card.network.answers(CONFLICT, { status: 409 });
  card.say("mine");
  await card.clock.pass(900);
  return card;
}

test("a card that was saved elsewhere shows both versions and saves nothing until one is chosen", async () => {
  const card = await inConflict();
  card.say("mine, longer");
  await card.clock.pass(600_000);

  assert.deepEqual(card.versions(), ["Commentmine, longer", "Impact2Commenttheirs"]);
  assert.deepEqual([card.network.asked.length, card.status(), keptHere(), card.asks()], [1, "Choose", ["mine, longer"], true]);
  assert.equal(card.form.dataset["saving"], undefined);
  card.press("draft");
  await settle();
  assert.deepEqual([card.network.asked.length, document.activeElement], [1, one("[data-versions]")]);
});

test("going on with the own version saves it over the other, whose marks fill the gaps", async () => {
  const card = await inConflict();
  card.network.answers({ ...SAVED, version: 10 });

  card.take("mine");
  await card.clock.pass(900);

  assert.deepEqual([card.drafts().at(-1), card.mark(), card.versions()], [["9", "mine"], "2", undefined]);
  assert.deepEqual([card.status(), keptHere()], [SAVED.message, []]);
});

test("going on with both comments puts one below the other", async () => {
  const card = await inConflict();
  card.network.answers(SAVED);
  assert.equal(one("[data-both]").hidden, false);

  card.take("both");
  await card.clock.pass(900);

  assert.equal(card.comment(), "theirs\n\nmine");
});

test("going on with the other version shows it, and the choice stays open", async () => {
  const card = await inConflict();

  card.take("theirs");
  assert.deepEqual([card.comment(), card.version(), card.status(), keptHere(), card.asks()], ["theirs", "9", "Saved there.", [], false]);
  assert.deepEqual(card.versions()?.[0], "Commentmine");
  card.network.answers(SAVED);
  card.take("mine");
  await card.clock.pass(900);

  assert.deepEqual([card.comment(), card.status()], ["mine", SAVED.message]);
});

test("what is typed after choosing is saved", async () => {
  const card = await inConflict();
  card.take("theirs");
  card.network.answers({ ...SAVED, version: 10 });

  card.say("theirs, mended");
  await card.clock.pass(900);

  assert.deepEqual(card.drafts().at(-1), ["9", "theirs, mended"]);
});

test("a card that was handed in elsewhere is completed and handed in, not drafted", async () => {
  const card = openCard();
  card.network.answers({ ...CONFLICT, card: { ...OTHER, state: "submitted" } }, { status: 409 });
  card.say("mine");
  await card.clock.pass(900);

  card.take("mine");
  await card.clock.pass(600_000);

  assert.deepEqual([card.network.asked.length, card.status(), card.mark()], [1, "Changed, kept", "2"]);
});

// Handing in ------------------------------------------------------------------------------------------------------

test("handing in goes on once the site has it, and only then is nothing kept", async () => {
  const card = openCard();
  card.say("a");
  const answer = card.network.answersLater({ next: "/jury/x/entries/loom/" });

  card.press("submit");
  card.press("submit"); // a double click
  await settle();
  assert.deepEqual([keptHere(), card.asks(), card.visits], [["a"], true, []]);
  answer.arrive();
  await settle();

  assert.deepEqual([card.visits, keptHere(), card.asks()], [["/jury/x/entries/loom/"], [], false]);
  assert.deepEqual(card.drafts(), [["3", "a", "submit"]]);
});

test("handing in without network stays on the page, and is done when there is one", async () => {
  const card = openCard();
  card.network.fails();
  card.network.answers({ next: "/jury/x/" });
  card.say("a");

  card.press("submit");
  await settle();
  assert.deepEqual([card.status(), keptHere(), card.visits], ["No network, kept", ["a"], []]);
  send(window, "online");
  await card.clock.pass(0);

  assert.deepEqual(card.visits, ["/jury/x/"]);
});

test("typing after a handing in that failed calls it off: it is a draft again", async () => {
  const card = openCard();
  card.network.fails();
  card.network.answers(SAVED);
  card.say("a");
  card.press("submit");
  await settle();

  card.say("ab");
  await card.clock.pass(900);

  assert.deepEqual([card.drafts().at(-1), card.visits], [["3", "ab"], []]);
});

test("handing in what is not complete brings the page with its faults, sent as a browser does it", async () => {
  const card = openCard();
  card.network.answers({ code: "invalid", message: "-" }, { status: 422 });
  card.say("a");

  card.press("submit");
  await settle();

  assert.deepEqual([card.sent, card.asks(), keptHere()], [["submit"], false, ["a"]]);
});

test("handing in waits for the draft that is on its way, and takes its version", async () => {
  const card = openCard();
  const draft = card.network.answersLater(SAVED);
  card.network.answers({ next: "/jury/x/" });
  card.say("a");
  await card.clock.pass(900);
  card.say("ab");

  card.press("submit");
  await card.clock.pass(0);
  assert.equal(card.network.asked.length, 1);
  draft.arrive();
  await settle();

  assert.deepEqual(card.drafts(), [["3", "a"], ["4", "ab", "submit"]]);
});

test("handing in stops when the draft on its way finds two versions", async () => {
  const card = openCard();
  const draft = card.network.answersLater(CONFLICT, 409);
  card.say("a");
  await card.clock.pass(900);

  card.press("submit");
  draft.arrive();
  await settle();

  assert.deepEqual([card.network.asked.length, card.status()], [1, "Choose"]);
});

test("a change of a card that was handed in is kept, guarded, and sent by its button alone", async () => {
  const card = openCard({ attributes: "", comment: "in" });
  card.say("in, mended");
  await card.clock.pass(600_000);
  assert.deepEqual([card.network.asked, card.status(), keptHere(), card.asks()], [[], "Changed, kept", ["in, mended"], true]);

  card.network.answers({ next: "/jury/x/" });
  card.press("submit");
  await settle();

  assert.deepEqual([card.visits, keptHere()], [["/jury/x/"], []]);
});

// Coming back -----------------------------------------------------------------------------------------------------

const KEY = "kermesse.card.7.21.gone";

test("what a closed page had typed is back, and saved", async () => {
  const card = openCard({ kept: { [KEY]: leftBehind("before", { fields: { comment: "before", marks: { impact: "1" } } }) } });
  card.network.answers(SAVED);
  await settle();
  assert.deepEqual([card.comment(), card.mark(), card.status(), keptHere()], ["before", "1", "Back", ["before"]]);

  await card.clock.pass(900);

  assert.deepEqual([card.drafts(), card.status(), keptHere()], [[["3", "before"]], SAVED.message, []]);
});

test("what the site has already is not brought back", async () => {
  const card = openCard({ comment: "before", kept: { [KEY]: leftBehind("before \n") } });
  await settle();

  assert.deepEqual([card.status(), keptHere(), card.asks()], ["Saved before.", [], false]);
});

test("a page whose last answer was lost is known again: what it typed after that is newer", async () => {
  const card = openCard({ attributes: 'data-autosave data-window="gone"', comment: "be", version: 4, kept: { [KEY]: leftBehind("before") } });
  await settle();

  assert.deepEqual([card.comment(), card.status(), card.versions()], ["before", "Back", undefined]);
});

test("a card that has moved on elsewhere shows both versions", async () => {
  const card = openCard({ comment: "elsewhere", version: 5, kept: { [KEY]: leftBehind("before") } });
  await settle();
  assert.deepEqual([card.versions(), card.status(), keptHere()], [["Commentbefore", "Commentelsewhere"], "Choose", ["before"]]);

  card.take("theirs");
  assert.deepEqual([card.comment(), card.status(), card.version()], ["elsewhere", "Saved before.", "5"]);
});

test("what was typed on a card that is handed in comes back without being sent", async () => {
  const card = openCard({ attributes: "", comment: "in", kept: { [KEY]: leftBehind("in, mended") } });

  await card.clock.pass(600_000);

  assert.deepEqual([card.network.asked, card.comment(), card.status()], [[], "in, mended", "Back, hand in"]);
});

test("nothing of another person or another card comes back", async () => {
  const card = openCard({ kept: { "kermesse.card.8.21.gone": leftBehind("hers"), "kermesse.card.7.22.gone": leftBehind("of another") } });

  await card.clock.pass(600_000);

  assert.deepEqual([card.comment(), keptHere().sort()], ["", ["hers", "of another"]]);
});

test("a page that came back with faults is unsaved from the start, and drops the copy of the page before it", async () => {
  const card = openCard({ attributes: "data-autosave data-unsaved", comment: "typed", kept: { [KEY]: leftBehind("typed") } });
  card.network.answers(SAVED);
  await settle();
  assert.deepEqual([card.asks(), keptHere()], [true, ["typed"]]);

  await card.clock.pass(900);

  assert.deepEqual([card.status(), card.asks(), keptHere()], [SAVED.message, false, []]);
});

test("a page that the browser shows again as it was is loaded anew, unless it holds something", () => {
  const card = openCard();
  const again = (): void => void window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));

  again();
  assert.deepEqual(card.visits, ["reload"]);
  card.say("a");
  again();

  assert.deepEqual(card.visits, ["reload"]);
});

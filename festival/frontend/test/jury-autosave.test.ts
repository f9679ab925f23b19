import assert from "node:assert/strict";
import { test } from "node:test";
import { connectAutosave } from "../src/jury-autosave";
import { one, openPage, send, settle, type } from "./stage/page";

const CARD = `
  <form data-autosave="/jury/x/autosave/">
    <input type="hidden" name="version" value="3"><textarea name="comment"></textarea>
    <button name="submit" value="1">Submit</button>
    <p data-saved data-unsaved="Not saved yet." data-signed-out="You are signed out.">Saved at 10:00.</p>
  </form>`;

function openCard(markup = CARD): ReturnType<typeof openPage> & { kept: string[]; form: HTMLFormElement } {
  const page = openPage(markup);
  const form = one<HTMLFormElement>("form");
  const kept: string[] = [];
  connectAutosave(form, () => kept.push(one<HTMLTextAreaElement>("textarea").value));
  return { ...page, form, kept };
}

const status = (): string | null => one("[data-saved]").textContent;
const version = (): string => one<HTMLInputElement>("[name=version]").value;
const sent = ({ network }: ReturnType<typeof openPage>): unknown[] =>
  network.asked.map(({ body }) => [(body as FormData).get("version"), (body as FormData).get("comment")]);

test("a draft is saved a moment after the last key", async () => {
  const card = openCard();
  card.network.answers({ message: "Draft saved at 10:05.", version: 4 });

  type("textarea", "a");
  await card.clock.pass(899);
  type("textarea", "ab");
  await card.clock.pass(899);
  assert.deepEqual(sent(card), []);
  await card.clock.pass(1);

  assert.deepEqual(sent(card), [["3", "ab"]]);
  assert.deepEqual(card.network.asked.map(({ url, method, headers }) => [url, method, headers]), [
    ["/jury/x/autosave/", "POST", { Accept: "application/json" }],
  ]);
  assert.equal(status(), "Draft saved at 10:05.");
  assert.equal(version(), "4");
  assert.deepEqual(card.kept, ["ab"]);
});

test("nothing is sent while nothing changes", async () => {
  const card = openCard();
  card.network.answers({ message: "Draft saved at 10:05.", version: 4 });
  type("textarea", "a");

  await card.clock.pass(600_000);

  assert.equal(card.network.asked.length, 1);
});

test("what is typed during a save goes with the next, after it, with its version", async () => {
  const card = openCard();
  const first = card.network.answersLater({ message: "First.", version: 4 });
  card.network.answers({ message: "Second.", version: 5 });
  type("textarea", "a");
  await card.clock.pass(900);

  type("textarea", "ab");
  await card.clock.pass(5_000);
  assert.deepEqual(sent(card), [["3", "a"]]);
  first.arrive();
  await settle();
  assert.equal(status(), "First.");
  assert.deepEqual(card.kept, []); // the "b" is only here
  await card.clock.pass(900);

  assert.deepEqual(sent(card), [["3", "a"], ["4", "ab"]]);
  assert.equal(status(), "Second.");
  assert.deepEqual(card.kept, ["ab"]);
});

for (const [name, prepare] of Object.entries<(page: ReturnType<typeof openPage>) => void>({
  "there is no network": ({ network }) => network.fails(),
  "the server fails": ({ network }) => network.answers("<h1>Server error</h1>", { status: 500 }),
  "the server refuses": ({ network }) => network.answers("<h1>Forbidden</h1>", { status: 403 }),
})) {
  test(`it says that nothing is saved and tries again when ${name}`, async () => {
    const card = openCard();
    prepare(card);
    card.network.answers({ message: "Draft saved at 10:06.", version: 4 });

    type("textarea", "a");
    await card.clock.pass(900);
    assert.equal(status(), "Not saved yet.");
    assert.equal(version(), "3");
    assert.deepEqual(card.kept, []);
    await card.clock.pass(14_999);
    assert.equal(card.network.asked.length, 1);
    await card.clock.pass(1);

    assert.deepEqual(sent(card), [["3", "a"], ["3", "a"]]);
    assert.equal(status(), "Draft saved at 10:06.");
    assert.deepEqual(card.kept, ["a"]);
  });
}

test("typing on after a failure does not wait for the long pause", async () => {
  const card = openCard();
  card.network.fails();
  card.network.answers({ message: "Draft saved at 10:06.", version: 4 });
  type("textarea", "a");
  await card.clock.pass(900);

  type("textarea", "ab");
  await card.clock.pass(900);

  assert.deepEqual(sent(card), [["3", "a"], ["3", "ab"]]);
  assert.equal(status(), "Draft saved at 10:06.");
});

test("a failure is told for as long as it lasts", async () => {
  const card = openCard();
  for (let times = 0; times < 4; times += 1) card.network.fails();
  type("textarea", "a");

  await card.clock.pass(900 + 3 * 15_000);

  assert.equal(card.network.asked.length, 4);
  assert.equal(status(), "Not saved yet.");
  assert.deepEqual(card.kept, []);
});

test("the sign-in page instead of an answer is told as such, and never taken for a save", async () => {
  const card = openCard();
  card.network.answers("<h1>Sign in</h1>", { redirected: true });
  card.network.answers({ message: "Draft saved at 10:06.", version: 4 });

  type("textarea", "a");
  await card.clock.pass(900);
  assert.equal(status(), "You are signed out.");
  assert.deepEqual(card.kept, []);
  await card.clock.pass(15_000);

  assert.equal(status(), "Draft saved at 10:06.");
});

test("a card that was changed elsewhere says so and saves no more", async () => {
  const card = openCard();
  card.network.answers({ message: "Changed in another window.", code: "stale" }, { status: 409 });
  type("textarea", "a");
  await card.clock.pass(900);

  type("textarea", "ab");
  await card.clock.pass(600_000);

  assert.equal(card.network.asked.length, 1);
  assert.equal(status(), "Changed in another window.");
  assert.equal(version(), "3");
  assert.equal(one<HTMLTextAreaElement>("textarea").value, "ab");
  assert.deepEqual(card.kept, []);
});

test("a draft that is not valid says so and waits for a change", async () => {
  const card = openCard();
  card.network.answers({ message: "This cannot be saved as it is." }, { status: 422 });
  card.network.answers({ message: "Draft saved at 10:06.", version: 4 });
  type("textarea", "a");
  await card.clock.pass(600_000);
  assert.equal(card.network.asked.length, 1);
  assert.equal(status(), "This cannot be saved as it is.");
  assert.deepEqual(card.kept, []);

  type("textarea", "ab");
  await card.clock.pass(900);

  assert.equal(status(), "Draft saved at 10:06.");
});

test("handing in ends the saving of drafts", async () => {
  const card = openCard();
  type("textarea", "a");

  assert.equal(send(card.form, "submit").defaultPrevented, false);
  await card.clock.pass(600_000);

  assert.deepEqual(card.network.asked, []);
});

test("handing in waits for the draft that is on its way, and takes its version", async () => {
  const card = openCard();
  const draft = card.network.answersLater({ message: "Draft saved at 10:05.", version: 4 });
  const handedIn: [string, string | undefined][] = [];
  type("textarea", "a");
  await card.clock.pass(900);
  card.form.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) handedIn.push([version(), (event.submitter as HTMLButtonElement | null)?.name]);
  });

  card.form.requestSubmit(one("button"));
  await card.clock.pass(600_000);
  assert.deepEqual(handedIn, []);
  draft.arrive();
  await settle();

  assert.deepEqual(handedIn, [["4", "submit"]]);
  assert.equal(card.network.asked.length, 1);
});

test("what was typed while a draft was on its way goes with the handing in, not with another draft", async () => {
  const card = openCard();
  const draft = card.network.answersLater({ message: "Draft saved at 10:05.", version: 4 });
  type("textarea", "a");
  await card.clock.pass(900);
  type("textarea", "ab");

  card.form.requestSubmit(one("button"));
  draft.arrive();
  await card.clock.pass(600_000);

  assert.deepEqual(sent(card), [["3", "a"]]);
});

test("handing in goes on when the draft on its way was lost", async () => {
  const card = openCard();
  const draft = card.network.answersLater("<h1>Server error</h1>", 500);
  let handedIn = 0;
  type("textarea", "a");
  await card.clock.pass(900);
  card.form.addEventListener("submit", (event) => (handedIn += event.defaultPrevented ? 0 : 1));

  card.form.requestSubmit(one("button"));
  draft.arrive();
  await card.clock.pass(600_000);

  assert.equal(handedIn, 1);
  assert.equal(card.network.asked.length, 1);
});

test("the card says by an attribute that it saves itself, and only then", () => {
  openCard();
  assert.equal(one("form").dataset["saving"], "");

  openCard("<form><textarea></textarea></form>");
  assert.equal(one("form").dataset["saving"], undefined);
});

test("a card without an address saves nothing", async () => {
  const card = openCard("<form><textarea></textarea></form>");

  type("textarea", "a");
  await card.clock.pass(600_000);

  assert.deepEqual(card.network.asked, []);
});

test("a card without a version or a place for words saves all the same", async () => {
  const card = openCard('<form data-autosave="/a/"><textarea name="comment"></textarea></form>');
  card.network.fails();
  card.network.answers({ message: "Draft saved at 10:05.", version: 4 });

  type("textarea", "a");
  await card.clock.pass(20_000);

  assert.deepEqual(card.kept, ["a"]);
});

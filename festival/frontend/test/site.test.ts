import assert from "node:assert/strict";
import { test } from "node:test";
import { all, openPage, send, settle } from "./stage/page";

test("loading the script connects the page and follows the history", async () => {
  const { network } = openPage('<div data-behavior="day"></div><button hidden data-behavior="star" data-uuid="a"></button>');
  network.answers('<div data-behavior="day"><b>anew</b></div>');

  await import("../src/site");
  send(window, "popstate");
  await settle();

  assert.deepEqual(all("button[hidden]"), []);
  assert.equal(all("b").length, 1);
});

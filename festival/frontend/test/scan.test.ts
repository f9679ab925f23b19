import assert from "node:assert/strict";
import { test } from "node:test";
import { DOOR } from "./stage/door";
import { one, openPage } from "./stage/page";

test("loading the script connects the door", async () => {
  openPage(DOOR);

  await import("../src/scan");

  assert.equal(one("[data-part=finder]").hidden, false);
});

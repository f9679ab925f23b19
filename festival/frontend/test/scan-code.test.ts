import assert from "node:assert/strict";
import { test } from "node:test";
import readings from "../../../tests/tickets/delivery/readings.json";
import { codeIn, plain, sameness } from "../src/scan-code";

for (const { why, text, code } of readings as { why: string; text: string; code: string | null }[]) {
  test(`what a reader made of a code: ${why}`, () => {
    assert.equal(codeIn(text), code);
  });
}

test("the same code is the same however it is read, and others are not", () => {
  assert.equal(sameness("]Q1 0fkr-pdb3\r\n"), sameness("0FKRPDB3"));
  assert.notEqual(sameness("0FKRPDB3"), sameness("410T83M6"));
  assert.equal(sameness(" Some poster\t"), sameness("some-poster"));
});

test("what no code holds is taken out", () => {
  assert.equal(plain("7K\ud8003F\u200b\u20139Q\u202e2M\0"), "7K3F-9Q2M ");
  assert.equal(plain("A".repeat(9_999)).length, 4_296);
});

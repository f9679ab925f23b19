import assert from "node:assert/strict";
import { test } from "node:test";
import { connectGrid } from "../src/grid-counts";
import { all, one, openPage } from "./stage/page";

const PAGE = `<form><b data-load="7">2</b><table><tr data-line><td class="lacks"><b data-readers data-wanted="2">1</b></td>
<td><input type="checkbox" data-juror="7"></td><td><input type="checkbox" data-juror="8" data-given checked></td></tr></table>
<p data-changes data-none="none" data-one="{count} box" data-many="{count} boxes"></p><button data-without-script></button></form>`;

function tick(box: HTMLInputElement): void {
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

test("loads, readers and changes follow the ticks", () => {
  openPage(PAGE);
  connectGrid(one<HTMLFormElement>("form"));
  const [free, given] = all<HTMLInputElement>("input");
  const said = () => [one("[data-load]").textContent, one("[data-readers]").textContent, one("[data-changes]").textContent];
  assert.deepEqual(said(), ["2", "1", "none"]);
  assert.equal(one<HTMLButtonElement>("button").hidden, true);
  tick(free!);
  assert.deepEqual(said(), ["3", "2", "1 box"]);
  assert.equal(one("td").className, "");
  tick(given!);
  assert.deepEqual(said(), ["3", "1", "2 boxes"]);
  assert.equal(one("td").className, "lacks");
  assert.deepEqual(all("td").map((cell) => cell.classList.contains("changed")), [false, true, true]);
  tick(free!);
  tick(given!);
  assert.deepEqual(said(), ["2", "1", "none"]);
});

test("a form without a place for the changes only counts", () => {
  openPage(`<form><input type="checkbox" data-juror="1"><input name="other"></form>`);
  connectGrid(one<HTMLFormElement>("form"));
  tick(one<HTMLInputElement>("input"));
  one("[name=other]").dispatchEvent(new Event("change", { bubbles: true }));
  assert.equal(one<HTMLInputElement>("input").checked, true);
});

// A card that takes nothing more still shows what was typed on this device and never arrived.
import { describe } from "./jury-fields";
import { keptOf } from "./jury-kept";

export function showKept(panel: HTMLElement): void {
  const { user = "", card = "" } = panel.dataset;
  const [kept] = keptOf(user, card);
  const list = panel.querySelector<HTMLElement>('[data-version="mine"]');
  if (!kept || !list) return;
  describe(list, kept.fields, panel);
  panel.hidden = false;
}

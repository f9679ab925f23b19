// htmx as our policy allows it: no evaluated code, no styles of its own; and a swap that keeps focus and what is typed.
import type Htmx from "htmx.org";
import { Idiomorph } from "idiomorph";

const SPOKEN = "422|409|429|503"; // a form with faults, something gone, too often, a service that is down: our own pages

export function setUp(htmx: typeof Htmx): void {
  Object.assign(htmx.config, {
    allowEval: false,
    allowScriptTags: false,
    historyEnabled: false,
    includeIndicatorStyles: false,
    selfRequestsOnly: true,
    responseHandling: [
      { code: "204", swap: false },
      { code: "[23]..", swap: true },
      { code: SPOKEN, swap: true },
      { code: "...", swap: false, error: true },
    ],
  });
  htmx.defineExtension("morph", {
    isInlineSwap: (style: string) => style === "morph",
    handleSwap: (style: string, target: Node, fragment: Node) => {
      if (style !== "morph" || !(target instanceof Element) || !(fragment instanceof DocumentFragment)) return false;
      const fresh = fragment.firstElementChild;
      if (!fresh) return false;
      // What stays keeps what htmx knows of it, such as what waits to be asked; only what is new is told to it.
      const afterNodeAdded = (added: Node): void => {
        if (added instanceof Element) htmx.process(added);
      };
      Idiomorph.morph(target, fresh, { morphStyle: "outerHTML", ignoreActiveValue: true, callbacks: { afterNodeAdded } });
      return true;
    },
  });
}

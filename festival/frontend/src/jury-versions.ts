// Two versions of a card side by side; the juror chooses which one goes on.
import { describe } from "./jury-fields";
import type { Fields } from "./jury-kept";

export type Choice = "mine" | "theirs" | "both";

const LONGEST_COMMENT = 4000;

export interface Versions {
  show(mine: Fields, theirs: Fields): void;
  hide(): void;
}

/** Return the marks of one version where the other has none, so that an unfinished one completes what was saved. */
export function over(theirs: Fields, mine: Fields): Fields {
  return { comment: mine.comment, marks: { ...theirs.marks, ...mine.marks }, notes: { ...theirs.notes, ...mine.notes } };
}

/** Return both comments, the saved one first. */
export function joined(theirs: Fields, mine: Fields): string {
  return [theirs.comment.trim(), mine.comment.trim()].filter(Boolean).join("\n\n");
}

export function connectVersions(panel: HTMLElement | null, choose: (choice: Choice) => void): Versions {
  const list = (name: string): HTMLElement | null => panel?.querySelector<HTMLElement>(`[data-version="${name}"]`) ?? null;
  panel?.addEventListener("click", (event) => {
    const choice = (event.target as Element).closest<HTMLElement>("[data-take]")?.dataset["take"];
    if (choice) choose(choice as Choice);
  });
  return {
    show(mine, theirs) {
      if (!panel) return;
      for (const [name, fields] of [["mine", mine], ["theirs", theirs]] as const) {
        const place = list(name);
        if (place) describe(place, fields, panel);
      }
      const both = panel.querySelector<HTMLElement>("[data-both]");
      if (both) both.hidden = !mine.comment.trim() || !theirs.comment.trim() || joined(theirs, mine).length > LONGEST_COMMENT;
      if (!panel.hidden) return;
      panel.hidden = false;
      panel.focus();
    },
    hide() {
      if (panel) panel.hidden = true;
    },
  };
}

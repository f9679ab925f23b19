// "Last places" and "full" stay true while somebody looks: one small part, the same for everybody, asked for now and then.

const EVERY = 30_000;
const SOONEST = 10_000;

export function connectPlaces(): void {
  const address = document.querySelector<HTMLElement>('[data-behavior="places"]')?.dataset["address"];
  if (!address) return;
  let asked = performance.now();
  const look = async (): Promise<void> => {
    if (document.visibilityState !== "visible" || !navigator.onLine || performance.now() - asked < SOONEST) return;
    asked = performance.now();
    try {
      const response = await fetch(address);
      if (!response.ok) return;
      putInto(document, new DOMParser().parseFromString(await response.text(), "text/html"));
    } catch {
      return; // what is shown stays; the next look comes soon
    }
    closeWhatIsGone();
  };
  // Not everybody at the same moment.
  window.setInterval(() => void look(), EVERY + Math.random() * SOONEST);
  document.addEventListener("visibilitychange", () => void look());
  window.addEventListener("focus", () => void look());
}

/** Put what is left now where the page has it; not every page shows everything. */
export function putInto(page: Document, fresh: ParentNode): void {
  fresh.querySelectorAll(".left[id]").forEach((part) => page.getElementById(part.id)?.replaceWith(part));
}

/** A day that is full cannot be chosen any more; one that was chosen before stays, and is asked about. */
export function closeWhatIsGone(): void {
  document.querySelectorAll<HTMLElement>("label:has(.left)").forEach((label) => {
    const box = label.querySelector("input");
    if (!box) return;
    const gone = label.querySelector(".left[data-gone]") !== null;
    if (gone && box.checked && !label.dataset["asked"]) {
      label.dataset["asked"] = "1";
      box.dispatchEvent(new Event("change", { bubbles: true }));
    }
    box.disabled = gone && !box.checked;
  });
}

// "My programme": the UUIDs of starred occurrences, kept in this browser and nowhere else.
const KEY = "kermesse.favourites";

function read(): Set<string> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return new Set(Array.isArray(stored) ? stored.filter((entry): entry is string => typeof entry === "string") : []);
  } catch {
    return new Set();
  }
}

function write(stars: Set<string>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify([...stars]));
  } catch {
    // Private windows may refuse; the star then lasts as long as the page.
  }
}

export function connectStars(root: ParentNode): void {
  const stars = read();
  root.querySelectorAll<HTMLButtonElement>('button[data-behavior="star"]').forEach((button) => {
    if (!button.hidden) return;
    const uuid = button.dataset.uuid ?? "";
    button.hidden = false;
    button.setAttribute("aria-pressed", String(stars.has(uuid)));
    button.addEventListener("click", () => toggle(uuid));
  });
}

function toggle(uuid: string): void {
  const stars = read();
  const on = !stars.has(uuid);
  if (on) stars.add(uuid);
  else stars.delete(uuid);
  write(stars);
  document
    .querySelectorAll(`button[data-behavior="star"][data-uuid="${CSS.escape(uuid)}"]`)
    .forEach((button) => button.setAttribute("aria-pressed", String(on)));
}

// Hide everything that is not starred, and start times that are left without a session.
export function showMine(only: boolean): void {
  const stars = read();
  document.querySelectorAll<HTMLElement>("[data-occurrence]").forEach((card) => {
    card.hidden = only && !stars.has(card.dataset.occurrence ?? "");
  });
  document.querySelectorAll<HTMLElement>(".slot, .strip").forEach((group) => {
    group.hidden = !group.querySelector("[data-occurrence]:not([hidden])");
  });
  const empty = document.querySelector<HTMLElement>("[data-empty]");
  if (empty) empty.hidden = !only || document.querySelector("[data-occurrence]:not([hidden])") !== null;
}

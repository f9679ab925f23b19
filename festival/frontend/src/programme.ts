// Improves the programme: stars kept on this device, filters without a reload, printing.
import { connectCopying } from "./copying";
import { connectStars, showMine } from "./favourites";

export function connectProgramme(root: ParentNode = document): void {
  connectStars(root);
  connectCopying(root);
  root.querySelectorAll<HTMLElement>('[data-behavior="mine"]').forEach(connectMine);
  root.querySelectorAll<HTMLButtonElement>('[data-behavior="print"]').forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
  root.querySelectorAll<HTMLElement>('[data-behavior="day"]').forEach(connectFilters);
  if (root.querySelector('[data-behavior="refresh"]')) refreshEveryMinute();
}

// "Now and next" stays true while someone looks at it; a hidden tab asks for nothing.
function refreshEveryMinute(): void {
  window.setInterval(() => {
    if (document.visibilityState === "visible" && navigator.onLine) location.reload();
  }, 60_000);
}

function connectMine(item: HTMLElement): void {
  const button = item.querySelector("button");
  if (!button) return;
  item.hidden = false;
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    showMine(on);
  });
}

// A filter is a link; with JavaScript the page stays and only its middle is exchanged.
function connectFilters(region: HTMLElement): void {
  region.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>(".filters a") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    void exchange(link.href, true);
  });
}

async function exchange(address: string, push: boolean): Promise<void> {
  const focused = document.activeElement?.textContent ?? "";
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    const region = fresh.querySelector<HTMLElement>('[data-behavior="day"]');
    const old = document.querySelector('[data-behavior="day"]');
    if (!response.ok || !region || !old) throw new Error(String(response.status));
    old.replaceWith(region);
    document.title = fresh.title;
    if (push) history.pushState({ filters: true }, "", address);
    connectProgramme(region.parentElement ?? document);
    [...region.querySelectorAll<HTMLElement>(".filters a")].find((a) => a.textContent === focused)?.focus();
  } catch {
    location.assign(address);
  }
}

/** Back and forward go through the filters that were set on this page. */
export function followHistory(): void {
  window.addEventListener("popstate", () => {
    if (document.querySelector('[data-behavior="day"]')) void exchange(location.href, false);
  });
}

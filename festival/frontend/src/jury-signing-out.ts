// Signing out empties this browser of what the person had typed; what the site does not have yet is shown before.
import { forgetAll, keptOf } from "./jury-kept";

export function connectSigningOut(form: HTMLFormElement): void {
  const user = form.dataset["user"] ?? "";
  const warning = form.querySelector<HTMLElement>("[data-unsent]");
  const places = new Map(keptOf(user).map(({ address, title }) => [address, title]));
  if (warning && places.size) {
    warning.hidden = false;
    warning.querySelector("ul")?.replaceChildren(...[...places].map(([address, title]) => item(address, title)));
  }
  form.addEventListener("submit", () => forgetAll(user));
}

function item(address: string, title: string): HTMLElement {
  const row = document.createElement("li");
  const link = document.createElement("a");
  link.href = address;
  link.textContent = title;
  row.append(link);
  return row;
}

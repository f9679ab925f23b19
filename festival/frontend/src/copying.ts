// A button that copies the address beside it; without scripts, or where the browser refuses, people select and copy.
export function connectCopying(root: ParentNode = document): void {
  root.querySelectorAll<HTMLElement>('[data-behavior="copy"]').forEach((place) => {
    const field = place.querySelector("input");
    const button = place.querySelector("button");
    const status = place.querySelector('[role="status"]');
    if (!field || !button || !status || !navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", () => void copy(field, status, place.dataset["copied"] ?? ""));
  });
}

async function copy(field: HTMLInputElement, status: Element, done: string): Promise<void> {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    status.textContent = done;
  } catch {
    status.textContent = ""; // it is selected, at least
  }
}

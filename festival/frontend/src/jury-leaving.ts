// What was typed is not lost by a wrong tap.

/** Ask before the page is left with changes that only it holds. Call what comes back when the server has them. */
export function guardLeaving(form: HTMLFormElement): () => void {
  let unsaved = false;
  const kept = (): void => void (unsaved = false);
  form.addEventListener("input", () => (unsaved = true));
  form.addEventListener("submit", kept);
  window.addEventListener("beforeunload", (event) => unsaved && event.preventDefault());
  return kept;
}

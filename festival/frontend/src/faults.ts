// A form that comes back with faults: the focus goes to the first, so that nobody looks for what went wrong.
const FAULTS = "main :is(.error-summary, .notice.bad[role=alert], [aria-invalid=true], .err)";

/** Focus the first fault of the page, or of a part that came later; the page may say itself what has the focus. */
export function focusFirstFault(root: ParentNode = document): void {
  const chosen = root.querySelector<HTMLElement>("[autofocus]");
  if (chosen) {
    if (root !== document) chosen.focus(); // of a whole page the browser does it
    return;
  }
  const fault = root.querySelector<HTMLElement>(FAULTS);
  if (!fault) return;
  if (!fault.matches("input, select, textarea")) fault.tabIndex = -1;
  fault.focus();
}

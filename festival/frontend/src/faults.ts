// A form that comes back with faults: the focus goes to the first, so that nobody looks for what went wrong.
const FAULTS = "main :is(.error-summary, .notice.bad[role=alert], [aria-invalid=true], .err)";

/** Focus the first fault of the page, unless the page itself says what has the focus. */
export function focusFirstFault(): void {
  if (document.querySelector("[autofocus]")) return;
  const fault = document.querySelector<HTMLElement>(FAULTS);
  if (!fault) return;
  if (!fault.matches("input, select, textarea")) fault.tabIndex = -1;
  fault.focus();
}

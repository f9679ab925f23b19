// The juror's scorecard: drafts save themselves, and digits set marks. Without this the form works by its buttons.
import { connectAutosave } from "./jury-autosave";
import { connectDigits } from "./jury-digits";
import { guardLeaving } from "./jury-leaving";

for (const form of document.querySelectorAll<HTMLFormElement>('[data-behavior="scorecard"]')) {
  connectDigits(form);
  connectAutosave(form, guardLeaving(form));
  form.querySelector<HTMLElement>(".error-summary")?.focus();
}

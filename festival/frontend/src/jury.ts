// The juror's scorecard: it saves itself, nothing typed is lost, and digits set marks. Without this the form works by
// its buttons.
import { connectAutosave } from "./jury-autosave";
import { connectDigits } from "./jury-digits";
import { showKept } from "./jury-locked";
import { connectSigningOut } from "./jury-signing-out";

for (const form of document.querySelectorAll<HTMLFormElement>('[data-behavior="scorecard"]')) {
  if ("locked" in form.dataset) continue;
  connectDigits(form);
  connectAutosave(form);
  form.querySelector<HTMLElement>(".error-summary")?.focus();
}
document.querySelectorAll<HTMLElement>('[data-behavior="kept"]').forEach(showKept);
document.querySelectorAll<HTMLFormElement>('[data-behavior="sign-out"]').forEach(connectSigningOut);

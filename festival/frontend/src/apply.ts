// An application that saves itself: in this browser at once, on the site a moment later. The status says what is true.
import { connectConditions } from "./apply-conditions";
import { connectCounts } from "./apply-counts";
import { connectEntry } from "./apply-entry";

for (const form of document.querySelectorAll<HTMLFormElement>('[data-behavior="entry"]')) {
  connectCounts(form);
  connectEntry(form);
  connectConditions(form); // what was brought back decides too
}

// The organiser's look at the form: it counts and shows what is asked, and saves nothing.
for (const form of document.querySelectorAll<HTMLFormElement>('[data-behavior="entry-preview"]')) {
  connectCounts(form);
  connectConditions(form);
}

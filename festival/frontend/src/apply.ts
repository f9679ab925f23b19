// An application that saves itself: in this browser at once, on the site a moment later. The status says what is true.
import { connectCounts } from "./apply-counts";
import { connectEntry } from "./apply-entry";

for (const form of document.querySelectorAll<HTMLFormElement>('[data-behavior="entry"]')) {
  connectCounts(form);
  connectEntry(form);
}

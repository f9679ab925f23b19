// The grid of who reads what: loads and readers are counted while boxes are ticked.
import { connectGrid } from "./grid-counts";

for (const form of document.querySelectorAll<HTMLFormElement>('[data-behavior="grid"]')) connectGrid(form);

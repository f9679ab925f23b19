// What the door's page loads.
import { connectDoor } from "./scan-door";

for (const door of document.querySelectorAll<HTMLElement>("[data-behavior=door]")) connectDoor(door);

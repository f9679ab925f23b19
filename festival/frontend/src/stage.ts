// The page of the screen above the stage.
import { connectStage } from "./stage-scenes";

document.querySelectorAll<HTMLElement>('[data-behavior="stage"]').forEach(connectStage);

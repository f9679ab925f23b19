// Everything the public pages load. Each behaviour binds to its own data-behavior and the page works without it.
import { focusFirstFault } from "./faults";
import { connectCountdowns, connectMoments } from "./moments";
import { connectProgramme, followHistory } from "./programme";

connectProgramme();
followHistory();
focusFirstFault();
connectMoments();
connectCountdowns();

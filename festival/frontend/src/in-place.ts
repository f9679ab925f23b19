// Pages of the shop that exchange in place what changed. Every form works without this, by whole pages (decision 0048).
import htmx from "htmx.org";
import { connectForms } from "./in-place-forms";
import { setUp } from "./in-place-htmx";
import { connectPlaces } from "./in-place-places";

setUp(htmx);
connectForms();
connectPlaces();

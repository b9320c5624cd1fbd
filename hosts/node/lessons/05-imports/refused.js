// Nobody listens where the host sends to.

import { hostAddress, Http, TIMEOUT } from "../../lib/http.js";
import { Guest, module } from "./guest.js";

// ANCHOR: refused
const http = new Http(hostAddress("POSTHOG_CLOSED_HOST"), TIMEOUT);
const guest = new Guest(module, http);
console.log(guest.capture("signed up", "ada"));
// ANCHOR_END: refused

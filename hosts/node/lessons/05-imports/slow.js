// The server takes longer than the host waits.

import { hostAddress, Http } from "../../lib/http.js";
import { Guest, module } from "./guest.js";

// ANCHOR: slow
const timeout = 2;
const http = new Http(hostAddress("POSTHOG_HOST") + "/slow", timeout);
const guest = new Guest(module, http);
console.log(guest.capture("signed up", "ada"));
// ANCHOR_END: slow

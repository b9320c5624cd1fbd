// The server is reachable and broken.

import { hostAddress, Http, TIMEOUT } from "../../lib/http.js";
import { Guest, module } from "./guest.js";

// ANCHOR: status-500
const http = new Http(hostAddress("POSTHOG_HOST") + "/status/500", TIMEOUT);
const guest = new Guest(module, http);
console.log(guest.capture("signed up", "ada"));
// ANCHOR_END: status-500

// The server takes longer than the host waits.

import { hostAddress, Http } from "../../lib/http.js";
import { Guest, module } from "./guest.js";

const host = hostAddress("POSTHOG_HOST");

// ANCHOR: slow
const timeout = 2;
const prompt = new Guest(module, new Http(host, timeout));
console.log(prompt.capture("signed up", "ada"));

const slow = new Guest(module, new Http(host + "/slow", timeout));
console.log(slow.capture("upgraded", "ada"));
// ANCHOR_END: slow

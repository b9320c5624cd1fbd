// What else runs while a guest waits for an answer.

import { hostAddress, Http } from "../../lib/http.js";
import { Guest, module } from "./guest.js";

const host = hostAddress("POSTHOG_HOST");
const timeout = 2;
// The first request opens the connection; the second waits for its answer alone.
new Guest(module, new Http(host, timeout)).capture("signed up", "ada");
const guest = new Guest(module, new Http(host + "/slow", timeout));

// ANCHOR: blocked
let ticks = 0;
const timer = setInterval(() => (ticks += 1), 1);
const answer = guest.capture("upgraded", "ada");
clearInterval(timer);
console.log(`capture answered ${answer}`);
console.log(`a timer ticked meanwhile: ${ticks > 0}`);
// ANCHOR_END: blocked

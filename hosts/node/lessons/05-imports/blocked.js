// What else runs while a guest waits for an answer.

import { hostAddress, Http } from "../../lib/http.js";
import { Guest, module } from "./guest.js";

const guest = new Guest(module, new Http(hostAddress("POSTHOG_HOST") + "/slow", 2));

// ANCHOR: blocked
let ticks = 0;
const timer = setInterval(() => (ticks += 1), 1);
const answer = guest.capture("signed up", "ada");
console.log(`capture answered ${answer}`);
console.log(`a timer ticked meanwhile: ${ticks > 0}`);
clearInterval(timer);
// ANCHOR_END: blocked

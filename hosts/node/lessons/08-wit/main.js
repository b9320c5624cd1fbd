// Lesson 8 in JavaScript: the same client, called through its WIT.

import { hostAddress, Http, TIMEOUT } from "../../lib/http.js";
import { guest, lend, said } from "./guest.js";

// ANCHOR: send
const events = await guest(lend(new Http(hostAddress("POSTHOG_HOST"), TIMEOUT)));
console.log(`1. ${said(() => events.capture("phc_demo", "signed up", "ada", '{"plan":"pro"}'))}`);
console.log(`2. ${said(() => events.capture("phc_demo", "🚀 started", "Łódź", "{}"))}`);
// ANCHOR_END: send

// ANCHOR: errors
console.log(`3. ${said(() => events.capture("phc_demo", "signed up", "ada", '{"plan":}'))}`);
const cutOff = await guest(lend(new Http(hostAddress("POSTHOG_CLOSED_HOST"), TIMEOUT)));
console.log(`4. ${said(() => cutOff.capture("phc_demo", "signed up", "ada", "{}"))}`);
// ANCHOR_END: errors

// The host passes a number where the guest expects a string.

import { guest, said } from "./guest.js";

/** @import { Send } from "./guest.js" */

/** @type {Send} */
const send = () => ({ status: 200, body: "accepted" });
const events = await guest(send);

// ANCHOR: wrong-type
const id = /** @type {any} */ (42);
try {
  events.capture("phc_demo", "signed up", id, "{}");
} catch (error) {
  console.log(`a number for an id: ${error.message}`);
}
console.log(`the next call: ${said(() => events.capture("phc_demo", "signed up", "ada", "{}"))}`);
// ANCHOR_END: wrong-type

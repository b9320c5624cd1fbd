// The guest's `response` has a field more than the host's, under the same version.

import { guest, said } from "./guest.js";

/** @import { Send } from "./guest.js" */

// ANCHOR: changed-record
/** @type {Send} */
const send = () => ({ status: 200, body: "accepted" });

const events = await guest(send, "08-wit.changed-record.component");
console.log("the guest is ready");
try {
  console.log(`capture: ${said(() => events.capture("phc_demo", "signed up", "ada", "{}"))}`);
} catch (error) {
  console.log(`capture: ${error.message}`);
}
// ANCHOR_END: changed-record

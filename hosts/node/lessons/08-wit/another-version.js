// The guest was built against a different version of the interface than the host.

import { guest } from "./guest.js";

/** @import { Send } from "./guest.js" */

/** @type {Send} */
const send = () => ({ status: 200, body: "" });

// ANCHOR: another-version
for (const variant of ["compatible", "incompatible"]) {
  try {
    await guest(send, `08-wit.${variant}.component`);
    console.log(`${variant}: the guest is ready`);
  } catch (error) {
    console.log(`${variant}: ${error.message}`);
  }
}
// ANCHOR_END: another-version

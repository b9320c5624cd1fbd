// Half of a UTF-16 pair is not a character, and WIT's strings hold characters.

import { guest } from "./guest.js";

/** @import { Request } from "./guest.js" */

// ANCHOR: lone-surrogate
const events = await guest((/** @type {Request} */ { body }) => {
  console.log(`sent: ${body}`);
  return { status: 200, body: "accepted" };
});

try {
  events.capture("phc_demo", "a\ud800b", "ada", "{}");
} catch (error) {
  console.log(`refused: ${error.message}`);
}
// ANCHOR_END: lone-surrogate

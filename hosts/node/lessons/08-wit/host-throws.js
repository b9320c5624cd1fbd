// The host's `send` throws an error instead of answering one.

import { guest, said } from "./guest.js";

/** @import { Response } from "./guest.js" */

// ANCHOR: host-throws
let calls = 0;
/** @returns {Response} */
function send() {
  calls += 1;
  if (calls === 1) throw "the proxy refuses";
  if (calls === 2) throw new Error("the proxy has no address");
  return { status: 200, body: "accepted" };
}

const events = await guest(send);
for (const call of [1, 2, 3]) {
  try {
    console.log(`call ${call}: ${said(() => events.capture("phc_demo", "signed up", "ada", "{}"))}`);
  } catch (error) {
    console.log(`call ${call}: ${error.message}`);
  }
}
// ANCHOR_END: host-throws

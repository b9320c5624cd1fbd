// The guest's file is not where the host looks.

import { load } from "../../lib/guest.js";

// ANCHOR: not-there
try {
  await load("01-traget");
  console.log("loaded");
} catch (error) {
  console.log(`the host reports: ${error.message}`);
}
// ANCHOR_END: not-there

// Properties that are JSON, and no object.

import { Guest } from "./guest.js";

const guest = await Guest.load("07-minimal");

// ANCHOR: no-object
for (const properties of ["null", '["pro"]', '"pro"', ""]) {
  console.log(`${properties.padEnd(7)} -> ${guest.capture("signed up", "ada", properties)}`);
}
// ANCHOR_END: no-object

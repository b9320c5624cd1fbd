// Half of a UTF-16 pair is not a character, and UTF-8 has no bytes for it.

import { strings } from "./guest.js";

// ANCHOR: lone-surrogate
const name = "a\ud800b";
console.log(`TextEncoder alone makes of it: ${Buffer.from(new TextEncoder().encode(name)).toString("hex")}`);
try {
  strings.write(name);
} catch (error) {
  console.log(`refused: ${error.message}`);
}
// ANCHOR_END: lone-surrogate

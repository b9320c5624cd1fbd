// Properties with a hundred thousand objects inside each other.

import { Guest } from "./guest.js";

// ANCHOR: depth-bomb
const bomb = '{"a":'.repeat(100_000);

const guest = await Guest.load("07-minimal");
console.log(`the guest of this lesson: ${guest.capture("signed up", "ada", bomb)}`);

const recursive = await Guest.load("07-minimal.recursive");
try {
  recursive.capture("signed up", "ada", bomb);
} catch (error) {
  console.log(`one that calls itself: ${error.name}: ${error.message}`);
}
// ANCHOR_END: depth-bomb

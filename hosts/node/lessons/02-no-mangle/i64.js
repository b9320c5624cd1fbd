// The host hands a number to a function that takes 64 bits.

import * as guest from "./guest.js";

const { milliseconds } = /** @type {any} */ (guest);
// ANCHOR: i64
try {
  console.log(`a number: ${milliseconds(1_767_225_600)}`);
} catch (error) {
  console.log(`a number: ${error}`);
}

console.log(`a BigInt: ${milliseconds(1_767_225_600n)}`);
console.log(`a string: ${milliseconds("1767225600")}`);
// ANCHOR_END: i64

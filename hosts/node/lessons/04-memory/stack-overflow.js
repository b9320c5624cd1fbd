// The guest's stack is too small for what the host asks.

import { load } from "../../lib/guest.js";

const module = await load("04-memory.nested");

// ANCHOR: stack-overflow
const { exports } = await WebAssembly.instantiate(module);
const nested = /** @type {(levels: number) => number} */ (exports.nested);
for (const levels of [10, 10_000, 10]) {
  try {
    console.log(`${levels} levels: came back from ${nested(levels)}`);
  } catch (error) {
    console.log(`${levels} levels: ${error.message}`);
  }
}
// ANCHOR_END: stack-overflow

// The guest with its function exported: the host asks it two questions.

import { load } from "../../lib/guest.js";

const module = await load("01-target.without-std");
// ANCHOR: is-full
const { exports } = await WebAssembly.instantiate(module);
const isFull = /** @type {(queued: number) => number} */ (exports.is_full);
for (const queued of [9_999, 10_000]) {
  const answer = isFull(queued) === 0 ? "room for more" : "full";
  console.log(`${queued} events queued: ${answer}`);
}
// ANCHOR_END: is-full

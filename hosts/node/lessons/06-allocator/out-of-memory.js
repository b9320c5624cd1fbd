// The heap is full.

import { Guest } from "./guest.js";

const guest = await Guest.load("arena");

// ANCHOR: out-of-memory
const before = guest.pages;
let blocks = 0;
try {
  for (;;) {
    guest.strings.alloc(65_536);
    blocks += 1;
  }
} catch (error) {
  console.log(`${blocks} blocks of 64 KiB, then: ${error.name}: ${error.message}`);
}
console.log(`${before} pages before, ${guest.pages} after`);
// ANCHOR_END: out-of-memory

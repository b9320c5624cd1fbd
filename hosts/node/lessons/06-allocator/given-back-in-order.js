// Two blocks go back in the order they came, then one is taken that is as large as both.

import { Guest } from "./guest.js";

// ANCHOR: given-back-in-order
for (const allocator of ["talc", "wee-alloc"]) {
  const guest = await Guest.load(allocator);
  for (const rounds of [0, 100, 100, 200]) {
    const { texts } = guest;
    for (let round = 0; round < rounds; round += 1) {
      const first = texts.alloc(40_000);
      const second = texts.alloc(40_000);
      texts.dealloc(first, 40_000);
      texts.dealloc(second, 40_000);

      const both = texts.alloc(80_000);
      texts.dealloc(both, 80_000);
    }
    console.log(`${allocator}: ${rounds} more rounds, ${guest.pages} pages`);
  }
}
// ANCHOR_END: given-back-in-order

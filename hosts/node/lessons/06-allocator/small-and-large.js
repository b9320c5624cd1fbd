// A large block and a small one are taken and given back, again and again.

import { Guest } from "./guest.js";

// ANCHOR: small-and-large
for (const allocator of ["talc", "wee-alloc"]) {
  const guest = await Guest.load(allocator);
  for (const rounds of [0, 100, 100, 200]) {
    const { texts } = guest;
    for (let round = 0; round < rounds; round += 1) {
      const large = texts.alloc(60_000);
      const small = texts.alloc(20_000);
      texts.dealloc(large, 60_000);
      texts.dealloc(small, 20_000);
    }
    console.log(`${allocator}: ${rounds} more rounds, ${guest.pages} pages`);
  }
}
// ANCHOR_END: small-and-large

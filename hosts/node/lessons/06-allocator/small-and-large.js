// A large block and a small one are taken and given back, again and again.

import { Guest } from "./guest.js";

// ANCHOR: small-and-large
for (const allocator of ["talc", "wee-alloc"]) {
  const guest = await Guest.load(allocator);
  for (const rounds of [0, 100, 100, 200]) {
    const { strings } = guest;
    for (let round = 0; round < rounds; round += 1) {
      const large = strings.alloc(60_000);
      const small = strings.alloc(20_000);
      strings.dealloc(large, 60_000);
      strings.dealloc(small, 20_000);
    }
    console.log(`${allocator}: ${rounds} more rounds, ${guest.pages} pages`);
  }
}
// ANCHOR_END: small-and-large

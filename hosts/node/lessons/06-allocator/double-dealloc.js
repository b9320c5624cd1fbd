// The host gives the same bytes back twice.

import { Guest } from "./guest.js";

// ANCHOR: double-dealloc
for (const allocator of ["dlmalloc", "talc", "wee-alloc"]) {
  const { strings } = await Guest.load(allocator);
  const first = strings.write("signed up");
  strings.dealloc(...first);
  const second = strings.write("logged in");
  strings.dealloc(...first);
  strings.write("cancelled");

  const bytes = new Uint8Array(strings.memory.buffer, ...second);
  console.log(`${allocator}: "logged in" now reads "${new TextDecoder().decode(bytes)}"`);
}
// ANCHOR_END: double-dealloc

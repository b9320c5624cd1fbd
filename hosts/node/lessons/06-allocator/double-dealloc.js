// The host gives the same bytes back twice.

import { Guest } from "./guest.js";

// ANCHOR: double-dealloc
for (const allocator of ["dlmalloc", "talc", "wee-alloc"]) {
  const { texts } = await Guest.load(allocator);
  const first = texts.write("signed up");
  texts.dealloc(...first);
  const second = texts.write("logged in");
  texts.dealloc(...first);
  texts.write("cancelled");

  const bytes = new Uint8Array(texts.memory.buffer, ...second);
  console.log(`${allocator}: "logged in" now reads "${new TextDecoder().decode(bytes)}"`);
}
// ANCHOR_END: double-dealloc

// Lesson 6 in JavaScript: the same captures under three allocators.

import { Guest } from "./guest.js";

const ALLOCATORS = ["dlmalloc", "talc", "wee-alloc"];

/** An event's name is shorter than this, in bytes. */
const LONGEST = 8192;

// ANCHOR: lengths
/** The same in every host and run: Park and Miller's minimal standard generator. */
function* lengths() {
  for (let number = 1; ; number = (number * 16_807) % 2_147_483_647) yield number % LONGEST;
}
// ANCHOR_END: lengths

// ANCHOR: inside
for (const [step, allocator] of ALLOCATORS.entries()) {
  const { strings, exports } = await Guest.load(allocator);
  const address = strings.alloc(9);
  const [start, end] = [exports.__heap_base.value, strings.memory.buffer.byteLength];
  console.log(
    `${step + 1}. ${allocator}: the heap starts at ${start}, alloc(9) gives ${address}, memory ends at ${end}`,
  );
}
// ANCHOR_END: inside

// ANCHOR: soak
for (const [step, allocator] of ALLOCATORS.entries()) {
  const guest = await Guest.load(allocator);
  const length = lengths();
  const pages = [guest.pages];
  for (const captures of [1000, 1000, 2000]) {
    for (let capture = 0; capture < captures; capture += 1) {
      guest.capture("x".repeat(length.next().value ?? 0));
    }
    pages.push(guest.pages);
  }
  console.log(`${step + 4}. ${allocator}: pages after 0, 1000, 2000 and 4000 captures: [${pages.join(", ")}]`);
}
// ANCHOR_END: soak

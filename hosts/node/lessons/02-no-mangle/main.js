// Lesson 2 in JavaScript: four functions, four kinds of numbers.

import { add, memory_limit, milliseconds, share } from "./guest.js";

// ANCHOR: add
console.log(`1. add(2, 3) = ${add(2, 3)}`);
console.log(`2. add(2147483647, 1) = ${add(2_147_483_647, 1)}`);
// ANCHOR_END: add

// ANCHOR: memory-limit
console.log(`3. memory_limit() = ${memory_limit() >>> 0}`);
// ANCHOR_END: memory-limit

// ANCHOR: milliseconds
console.log(`4. milliseconds(1767225600) = ${milliseconds(1_767_225_600n)}`);
// ANCHOR_END: milliseconds

// ANCHOR: share
console.log(`5. share(1, 4) = ${share(1, 4)}`);
// ANCHOR_END: share

// 32 bits arrive, and not whether they have a sign.

import { memory_limit } from "./guest.js";

// ANCHOR: unsigned
console.log(`as a number with a sign: ${memory_limit()}`);
console.log(`as a number without: ${memory_limit() >>> 0}`);
// ANCHOR_END: unsigned

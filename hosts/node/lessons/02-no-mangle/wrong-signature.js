// The host expects a different type of the function than the guest.

import * as guest from "./guest.js";

// Without types, as JavaScript has it.
const { add, share } = /** @type {any} */ (guest);
// ANCHOR: wrong-signature
console.log(`one argument: add gives ${add(2)}, share gives ${share(2)}`);
console.log(`a fraction: ${add(1.5, 2)}`);
console.log(`a string: ${add("two", 3)}`);
console.log(`too large: ${add(4_294_967_297, 2)}`);
// ANCHOR_END: wrong-signature

// The host writes bytes that are no text.

import { capture, strings } from "./guest.js";

// ANCHOR: invalid-utf8
const bytes = [0x61, 0xff, 0x62];
const address = strings.alloc(3);
new Uint8Array(strings.memory.buffer, address, 3).set(bytes);

const answer = capture(address, 3);
console.log(`the guest answered ${answer}`);
try {
  strings.read(answer);
} catch (error) {
  console.log(`the host reports: ${error.message}`);
}
// ANCHOR_END: invalid-utf8

// The host writes bytes that are no text.

import { capture, texts } from "./guest.js";

// ANCHOR: invalid-utf8
const bytes = [0x61, 0xff, 0x62];
const address = texts.alloc(3);
new Uint8Array(texts.memory.buffer, address, 3).set(bytes);

const answer = capture(address, 3);
console.log(`the guest answered ${answer}`);
try {
  texts.read(answer);
} catch (error) {
  console.log(`the host reports: ${error.message}`);
}
// ANCHOR_END: invalid-utf8

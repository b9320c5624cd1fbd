// The host uses an address in the memory of a different instance.

import { instantiate } from "./guest.js";

// ANCHOR: out-of-range
const first = await instantiate();
const [address, length] = first.strings.write("signed up");

const second = await instantiate();
const { buffer } = second.strings.memory;
console.log(`${length} bytes at ${address}, in a memory of ${buffer.byteLength} bytes`);

try {
  new Uint8Array(buffer, address, length);
} catch (error) {
  console.log(`refused: ${error.message}`);
}
const slice = buffer.slice(address, address + length);
console.log(`not refused: a slice, of ${slice.byteLength} bytes`);
// ANCHOR_END: out-of-range

// The host uses an address in the memory of another instance.

import { instantiate } from "./guest.js";

// ANCHOR: out-of-range
const first = await instantiate();
const [address, length] = first.texts.write("signed up");

const second = await instantiate();
const { buffer } = second.texts.memory;
console.log(`${length} bytes at ${address}, in a memory of ${buffer.byteLength} bytes`);

try {
  new Uint8Array(buffer, address, length);
} catch (error) {
  console.log(`refused: ${error.message}`);
}
const slice = buffer.slice(address, address + length);
console.log(`not refused: a slice, of ${slice.byteLength} bytes`);
// ANCHOR_END: out-of-range

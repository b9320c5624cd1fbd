// Lesson 4 in JavaScript: what is where in the guest's memory.

import { hex, hexdump } from "../../lib/memory.js";
import { instantiate } from "./guest.js";

const { exports, strings } = await instantiate();

/** The bytes at an address now. */
const bytes = (/** @type {number} */ address, /** @type {number} */ length) =>
  new Uint8Array(strings.memory.buffer, address, length);

// ANCHOR: size
// WebAssembly's page, which JavaScript has no name for.
const page = 65_536;
const pages = () => strings.memory.buffer.byteLength / page;
const size = strings.memory.buffer.byteLength;
console.log(`1. the memory has ${pages()} pages of ${page} bytes: ${size} bytes`);
// ANCHOR_END: size

// ANCHOR: stack
const local = exports.address_of_local() >>> 0;
console.log(`2. a local is at ${local} and reads ${hex(bytes(local, 4))}`);
// ANCHOR_END: stack

// ANCHOR: data
const api = exports.address_of_static() >>> 0;
// As long as `API` in the guest.
const text = new TextDecoder().decode(bytes(api, 24));
console.log(`3. a static is at ${api} and reads ${text}`);
// ANCHOR_END: data

// ANCHOR: ends
const dataEnd = exports.__data_end.value >>> 0;
const heapBase = exports.__heap_base.value >>> 0;
console.log(`4. the data ends at ${dataEnd}, the heap may begin at ${heapBase}`);
// ANCHOR_END: ends

// ANCHOR: heap
const [address, length] = strings.write("signed up");
const inHex = address.toString(16).padStart(8, "0");
console.log(`5. alloc gave ${address} (${inHex}), and the memory has ${pages()} pages`);
// ANCHOR_END: heap

// ANCHOR: dump
exports.capture(address, length);
console.log("6. the string and the answer, in memory:");
const row = address - (address % 16);
process.stdout.write(hexdump(row, bytes(row, 48)));
// ANCHOR_END: dump

// ANCHOR: grow
const large = strings.alloc(1_000_000);
console.log(`7. with 1000000 bytes more it has ${pages()} pages`);
// ANCHOR_END: grow

// ANCHOR: shrink
strings.dealloc(large, 1_000_000);
console.log(`8. with those given back it has ${pages()} pages`);
// ANCHOR_END: shrink

// Lesson 1 in JavaScript: a module, and instances of it.

import { load } from "../../lib/guest.js";

// ANCHOR: imports
const module = await load("01-target");
console.log(`1. the module has ${WebAssembly.Module.imports(module).length} imports`);
// ANCHOR_END: imports

// ANCHOR: exports
const exports = WebAssembly.Module.exports(module).map(({ name, kind }) => `${name} (${kind})`);
console.log(`2. it exports ${exports.join(", ")}`);
// ANCHOR_END: exports

// ANCHOR: instance
const first = await WebAssembly.instantiate(module);
const memory = /** @type {WebAssembly.Memory} */ (first.exports.memory);
const bytes = memory.buffer.byteLength;
console.log(`3. an instance has ${bytes / 65_536} pages of memory, ${bytes} bytes`);
// ANCHOR_END: instance

// ANCHOR: second
const second = await WebAssembly.instantiate(module);
const other = /** @type {WebAssembly.Memory} */ (second.exports.memory);
new Uint8Array(memory.buffer)[100] = 42;
const [here, there] = [memory, other].map(({ buffer }) => new Uint8Array(buffer)[100]);
console.log(`4. byte 100 is ${here} in the first instance and ${there} in the second`);
// ANCHOR_END: second

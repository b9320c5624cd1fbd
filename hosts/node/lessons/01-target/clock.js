// The guest asks the standard library for the time.

import { load } from "../../lib/guest.js";

const module = await load("01-target.clock");
// ANCHOR: clock
const { exports } = await WebAssembly.instantiate(module);
console.log(`compiled, loaded, ${WebAssembly.Module.imports(module).length} imports`);

const timestamp = /** @type {() => bigint} */ (exports.timestamp);
try {
  console.log(`${timestamp()} seconds since 1970`);
} catch (error) {
  console.log(`the host reports: ${error}`);
}
// ANCHOR_END: clock

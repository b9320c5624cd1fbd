// The guest starts a thread.

import { load } from "../../lib/guest.js";

const module = await load("01-target.thread");
// ANCHOR: thread
const { exports } = await WebAssembly.instantiate(module);
console.log(`compiled, loaded, ${WebAssembly.Module.imports(module).length} imports`);

const flush = /** @type {() => void} */ (exports.flush);
try {
  flush();
  console.log("flushed");
} catch (error) {
  console.log(`the host reports: ${error}`);
}
// ANCHOR_END: thread

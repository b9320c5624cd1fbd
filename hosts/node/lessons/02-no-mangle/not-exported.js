// The guest does not export the function that the host asks for.

import { load } from "../../lib/guest.js";

const instance = await WebAssembly.instantiate(await load("02-no-mangle.not-exported"));
const exports = /** @type {any} */ (instance.exports);
// ANCHOR: not-exported
try {
  console.log(`add(2, 3) = ${exports.add(2, 3)}`);
} catch (error) {
  console.log(`the host reports: ${error}`);
}
// ANCHOR_END: not-exported

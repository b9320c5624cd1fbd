// The guest of this lesson, ready to be called.

import { load } from "../../lib/guest.js";
import { Strings } from "../../lib/strings.js";

/**
 * @typedef {object} Exports
 * @property {() => number} address_of_local
 * @property {() => number} address_of_static
 * @property {(address: number, length: number) => bigint} capture
 * @property {WebAssembly.Global} __data_end
 * @property {WebAssembly.Global} __heap_base
 */

const module = await load("04-memory");

/** A new instance of the guest, with a separate memory. */
export async function instantiate() {
  const exports = /** @type {any} */ ((await WebAssembly.instantiate(module)).exports);
  return { exports: /** @type {Exports} */ (exports), strings: new Strings(exports) };
}

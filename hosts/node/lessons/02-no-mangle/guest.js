// The guest of this lesson, ready to be called.

import { load } from "../../lib/guest.js";

// ANCHOR: guest
/**
 * @typedef {object} Functions
 * @property {(a: number, b: number) => number} add
 * @property {() => number} memory_limit
 * @property {(seconds: bigint) => bigint} milliseconds
 * @property {(part: number, whole: number) => number} share
 */

const instance = await WebAssembly.instantiate(await load("02-no-mangle"));
const exported = /** @type {unknown} */ (instance.exports);

export const { add, memory_limit, milliseconds, share } = /** @type {Functions} */ (exported);
// ANCHOR_END: guest

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

const { exports } = await WebAssembly.instantiate(await load("02-no-mangle"));

export const { add, memory_limit, milliseconds, share } = /** @type {Functions} */ (/** @type {unknown} */ (exports));
// ANCHOR_END: guest

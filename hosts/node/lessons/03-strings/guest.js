// The guest of this lesson, ready to be called.

import { load } from "../../lib/guest.js";
import { Strings } from "../../lib/strings.js";

/** @typedef {(address: number, length: number) => bigint} Capture */

// ANCHOR: guest
const { exports } = await WebAssembly.instantiate(await load("03-strings"));

export const strings = new Strings(/** @type {any} */ (exports));
export const capture = /** @type {Capture} */ (exports.capture);
// ANCHOR_END: guest

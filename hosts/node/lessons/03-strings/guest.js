// The guest of this lesson, ready to be called.

import { load } from "../../lib/guest.js";
import { Texts } from "../../lib/text.js";

/** @typedef {(address: number, length: number) => bigint} Capture */

// ANCHOR: guest
const { exports } = await WebAssembly.instantiate(await load("03-strings"));

export const texts = new Texts(/** @type {any} */ (exports));
export const capture = /** @type {Capture} */ (exports.capture);
// ANCHOR_END: guest

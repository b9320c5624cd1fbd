// The guest of this lesson under any allocator, with a host that answers at once.

import { load } from "../../lib/guest.js";
import { Strings } from "../../lib/strings.js";

/** What the guest is told whatever it sends: this lesson is about memory, not about a network. */
const ANSWER = '200 {"status":1}';

/**
 * @typedef {object} Exports
 * @property {WebAssembly.Global} __heap_base
 * @property {(...strings: number[]) => bigint} capture
 */

export class Guest {
  /**
   * Loads one of the lesson's variants: `talc`, `dlmalloc`, `wee-alloc`, `arena`.
   *
   * @param {string} variant
   */
  static async load(variant) {
    return new Guest(await load(`06-allocator.${variant}`));
  }

  /** @param {WebAssembly.Module} module */
  constructor(module) {
    // ANCHOR: canned
    // The imports without a network: every request gets the same answer.
    const posthog = {
      http_request: () => this.strings.write(ANSWER)[0],
      http_request_len: () => ANSWER.length,
    };
    const { exports } = new WebAssembly.Instance(module, { posthog });
    // ANCHOR_END: canned
    this.strings = new Strings(/** @type {any} */ (exports));
    this.exports = /** @type {Exports} */ (/** @type {unknown} */ (exports));
  }

  // ANCHOR: capture
  /**
   * Captures an event of this name; everything that was given is given back.
   *
   * @param {string} name
   * @returns {string}
   */
  capture(name) {
    const given = ["phc_demo", name, "user-1"].map((text) => this.strings.write(text));
    const answer = this.exports.capture(...given.flat());
    for (const [address, length] of given) this.strings.dealloc(address, length);
    return this.strings.read(answer);
  }
  // ANCHOR_END: capture

  /** The memory's size now, in pages of 64 KiB. */
  get pages() {
    return this.strings.memory.buffer.byteLength / 65_536;
  }
}

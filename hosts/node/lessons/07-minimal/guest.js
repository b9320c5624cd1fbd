// The guest of this lesson, ready to be called.

import { load } from "../../lib/guest.js";
import { hostAddress, Http, TIMEOUT } from "../../lib/http.js";
import { Strings } from "../../lib/strings.js";

/** @import { StringExports } from "../../lib/strings.js" */
/** @typedef {StringExports & { capture: (...strings: number[]) => bigint }} Exports */

export class Guest {
  /**
   * Loads `07-minimal`, or a variant of it.
   *
   * @param {string} name
   */
  static async load(name) {
    return new Guest(await load(name), new Http(hostAddress("POSTHOG_HOST"), TIMEOUT));
  }

  /**
   * @param {WebAssembly.Module} module
   * @param {Http} http
   */
  constructor(module, http) {
    const posthog = http.lend(() => this.strings);
    this.exports = /** @type {Exports} */ (new WebAssembly.Instance(module, { posthog }).exports);
    this.strings = new Strings(this.exports);
  }

  // ANCHOR: capture
  /**
   * What the server answered to an event with these properties.
   *
   * @param {string} name
   * @param {string} id
   * @param {string} properties
   */
  capture(name, id, properties) {
    const strings = ["phc_demo", name, id, properties].map((text) => this.strings.write(text));
    const answer = this.exports.capture(...strings.flat());
    for (const text of strings) this.strings.dealloc(...text);
    return this.strings.read(answer);
  }
  // ANCHOR_END: capture
}

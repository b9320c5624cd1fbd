// The guest of this lesson, ready to be called.

import { load } from "../../lib/guest.js";
import { hostAddress, Http, TIMEOUT } from "../../lib/http.js";
import { Texts } from "../../lib/text.js";

/** @import { TextExports } from "../../lib/text.js" */
/** @typedef {TextExports & { capture: (...texts: number[]) => bigint }} Exports */

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
    const posthog = http.lend(() => this.texts);
    this.exports = /** @type {Exports} */ (new WebAssembly.Instance(module, { posthog }).exports);
    this.texts = new Texts(this.exports);
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
    const texts = ["phc_demo", name, id, properties].map((text) => this.texts.write(text));
    const answer = this.exports.capture(...texts.flat());
    for (const text of texts) this.texts.dealloc(...text);
    return this.texts.read(answer);
  }
  // ANCHOR_END: capture
}

// A guest of this lesson, ready to be called.

import { load } from "../../lib/guest.js";
import { Strings } from "../../lib/strings.js";

/** @import { Http } from "../../lib/http.js" */
/** @import { StringExports } from "../../lib/strings.js" */
/**
 * @typedef {(key: number, keyLength: number, name: number, nameLength: number, id: number, idLength: number) => bigint} Capture
 * @typedef {StringExports & { capture: Capture, waiting: () => number }} Exports
 */

export const module = await load("05-imports");

export class Guest {
  // ANCHOR: instantiate
  /**
   * @param {WebAssembly.Module} module
   * @param {Http} http
   * @param {WebAssembly.ModuleImports} instead imports that take the place of the library's
   */
  constructor(module, http, instead = {}) {
    const posthog = { ...http.lend(() => this.strings), ...instead };
    this.exports = /** @type {Exports} */ (new WebAssembly.Instance(module, { posthog }).exports);
    this.strings = new Strings(this.exports);
  }
  // ANCHOR_END: instantiate

  // ANCHOR: capture
  /**
   * What the server answered to an event of this name, of the person `id`.
   *
   * @param {string} name
   * @param {string} id
   */
  capture(name, id) {
    const strings = ["phc_demo", name, id].map((text) => this.strings.write(text));
    const [key, event, person] = strings;
    const answer = this.exports.capture(...key, ...event, ...person);
    for (const text of strings) this.strings.dealloc(...text);
    return this.strings.read(answer);
  }
  // ANCHOR_END: capture
}

// From lesson 3: passes text to a guest and takes text from it.

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * @typedef {object} StringExports
 * @property {WebAssembly.Memory} memory
 * @property {(length: number) => number} alloc
 * @property {(address: number, length: number) => void} dealloc
 */

/** A guest's memory and the two functions that say who owns which part of it. */
export class Strings {
  /** @param {StringExports} exports */
  constructor({ memory, alloc, dealloc }) {
    this.memory = memory;
    this.alloc = alloc;
    this.dealloc = dealloc;
  }

  // ANCHOR: write
  /**
   * Puts a string into the guest's memory: its address and its length in bytes.
   *
   * @param {string} text
   * @returns {[address: number, length: number]}
   */
  write(text) {
    if (!text.isWellFormed()) throw new TypeError("the string has half of a surrogate pair, which UTF-8 cannot hold");
    const bytes = encoder.encode(text);
    const address = this.alloc(bytes.length) >>> 0;
    new Uint8Array(this.memory.buffer, address, bytes.length).set(bytes);
    return [address, bytes.length];
  }
  // ANCHOR_END: write

  // ANCHOR: read
  /**
   * Copies an answer out of the guest's memory and gives its bytes back.
   *
   * @param {bigint} answer
   * @returns {string}
   */
  read(answer) {
    if (answer === 0n) throw new Error("the guest refused the string: it is not UTF-8");
    const [address, length] = unpack(answer);
    const bytes = new Uint8Array(this.memory.buffer, address, length).slice();
    this.dealloc(address, length);
    return decoder.decode(bytes);
  }
  // ANCHOR_END: read

  // ANCHOR: copy
  /**
   * From lesson 5: copies a string that stays the guest's.
   *
   * @param {number} address
   * @param {number} length
   * @returns {string}
   */
  copy(address, length) {
    return decoder.decode(new Uint8Array(this.memory.buffer, address >>> 0, length >>> 0));
  }
  // ANCHOR_END: copy
}

// ANCHOR: unpack
/**
 * The address and the length in a packed answer.
 *
 * @param {bigint} answer
 * @returns {[address: number, length: number]}
 */
export function unpack(answer) {
  const bits = BigInt.asUintN(64, answer);
  return [Number(bits >> 32n), Number(bits & 0xffff_ffffn)];
}
// ANCHOR_END: unpack

// From lesson 4: shows what is in a guest's memory. Knows nothing of who owns it.

// ANCHOR: hexdump
/** How many bytes stand in a row, as `hexdump -C` has it. */
const ROW = 16;

/**
 * The bytes at an address, in rows: the address of a row, its bytes, and those
 * of them that ASCII can print.
 *
 * @param {number} address
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function hexdump(address, bytes) {
  let dump = "";
  for (let start = 0; start < bytes.length; start += ROW) {
    const row = bytes.subarray(start, start + ROW);
    const at = (address + start).toString(16).padStart(8, "0");
    const text = String.fromCharCode(...row).replace(/[^ -~]/g, ".");
    dump += `${at}  ${hex(row).padEnd(3 * ROW - 1)}  |${text}|\n`;
  }
  return dump;
}

/**
 * The bytes in hexadecimal, two digits each, in the order in which they lie.
 *
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
// ANCHOR_END: hexdump

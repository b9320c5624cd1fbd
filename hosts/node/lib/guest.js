// From lesson 1: finds a guest's file and compiles it.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** Where the guests lie. */
export const guests = process.env.GUESTS ?? fileURLToPath(new URL("../../../target/guests", import.meta.url));

// ANCHOR: load
/**
 * Compiles a guest, `03-strings`, or one of its variants, `03-strings.variant`.
 *
 * @param {string} name
 * @returns {Promise<WebAssembly.Module>}
 */
export async function load(name) {
  return WebAssembly.compile(await read(name));
}
// ANCHOR_END: load

/**
 * A guest's file.
 *
 * @param {string} name
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function read(name) {
  const file = `${guests}/${name}.wasm`;
  const bytes = await readFile(file).catch((cause) => {
    throw new Error(`${file} cannot be loaded: \`just lesson\` builds it`, { cause });
  });
  return new Uint8Array(bytes);
}

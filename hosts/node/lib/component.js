// From lesson 8: makes of a component what Node.js can run. Knows no WIT of ours.

import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";

import { transpileBytes } from "@bytecodealliance/jco-transpile";

import { guests, read } from "./guest.js";

// ANCHOR: instantiate-component
/**
 * An instance of a component, `08-wit.component`: what it exports.
 *
 * @param {string} name
 * @param {Record<string, object>} imports by interface, `posthog:client/http@0.1.0`
 * @returns {Promise<any>}
 */
export async function instantiateComponent(name, imports) {
  const folder = await translate(name, Object.keys(imports));
  const { instantiate } = await import(pathToFileURL(`${folder}/${name}.mjs`).href);
  /** @param {string} file */
  const compile = async (file) => WebAssembly.compile(new Uint8Array(await readFile(`${folder}/${file}`)));
  return instantiate(compile, imports);
}
// ANCHOR_END: instantiate-component

// ANCHOR: translate
/**
 * Translates a component into core modules and the JavaScript between them: their folder.
 *
 * A package would do so once, when it is built, and ship what comes out.
 *
 * @param {string} name
 * @param {string[]} offered the interfaces that the host has
 */
export async function translate(name, offered) {
  const { files, imports } = await transpileBytes(await read(name), {
    name,
    instantiation: "async",
    // Without it, a number that the host leaves out becomes 0.
    strict: true,
    // Without it, jco strikes the versions out and takes any for any other.
    map: Object.fromEntries(offered.map((interface_) => [interface_, interface_])),
    // With it, what the guest answered and what went wrong would look alike.
    noComponentErrorWrapping: false,
  });
  const missing = imports.find((wanted) => !offered.includes(wanted));
  if (missing) {
    const has = offered.join(", ") || "nothing";
    throw new Error(`the guest needs ${missing} in a version that the host does not have; it has ${has}`);
  }
  const folder = `${guests}/${name}`;
  for (const [file, bytes] of Object.entries(files)) await write(`${folder}/${file.replace(/\.js$/, ".mjs")}`, bytes);
  return folder;
}
// ANCHOR_END: translate

/**
 * Writes a file so that nobody, reading at the same time, sees half of it.
 *
 * @param {string} file
 * @param {Uint8Array} bytes
 */
async function write(file, bytes) {
  const partial = `${file}.${process.pid}`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(partial, bytes);
  await rename(partial, file);
}

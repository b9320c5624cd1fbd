// What a host relies on when it passes text, shown on the guest of lesson 3.

import assert from "node:assert/strict";
import { before, test } from "node:test";

import { load } from "../lib/guest.js";
import { Strings, unpack } from "../lib/strings.js";

/** @type {Strings} */
let strings;
/** @type {(address: number, length: number) => bigint} */
let capture;

before(async () => {
  const { exports } = await WebAssembly.instantiate(await load("03-strings"));
  strings = new Strings(/** @type {any} */ (exports));
  capture = /** @type {any} */ (exports.capture);
});

/** @param {string} name */
function captured(name) {
  const [address, length] = strings.write(name);
  const answer = capture(address, length);
  strings.dealloc(address, length);
  return JSON.parse(strings.read(answer)).event;
}

for (const name of ["", "signed up", "Łódź", "🚀🚀🚀 𠈄𓀀", "a\0b", "\ufeffmarked"]) {
  test(`${JSON.stringify(name)} survives the round trip`, () => assert.equal(captured(name), name));
}

test("half of a surrogate pair is refused before anything is written", () => {
  assert.throws(() => strings.write("a\ud800b"), /half of a surrogate pair/);
});

test("a refusal becomes an error", () => {
  assert.throws(() => strings.read(0n), /not UTF-8/);
});

test("reading gives the bytes back", () => {
  captured("signed up");
  const before = strings.memory.buffer.byteLength;
  for (let call = 0; call < 10_000; call += 1) captured("signed up");
  assert.equal(strings.memory.buffer.byteLength, before);
});

test("an address in the upper half of memory stays positive", () => {
  assert.deepEqual(unpack(BigInt.asIntN(64, 0xffff_fff0_0000_0010n)), [0xffff_fff0, 16]);
});

test("a guest that was not built is named, with what builds it", async () => {
  await assert.rejects(load("no-such-guest"), /no-such-guest\.wasm cannot be loaded: `just lesson` builds it/);
});

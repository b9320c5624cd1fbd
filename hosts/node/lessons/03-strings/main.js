// Lesson 3 in JavaScript: text in, text out.

import { unpack } from "../../lib/strings.js";
import { capture, strings } from "./guest.js";

// ANCHOR: in
const [address, length] = strings.write("signed up");
console.log(`1. "signed up" is ${length} bytes, written at ${address}`);
// ANCHOR_END: in

// ANCHOR: call
const answer = capture(address, length);
const [at, size] = unpack(answer);
console.log(`2. capture answered ${answer}: address ${at}, length ${size}`);
// ANCHOR_END: call

// ANCHOR: out
const event = strings.read(answer);
strings.dealloc(address, length);
console.log(`3. the answer reads ${event}`);
// ANCHOR_END: out

// ANCHOR: vectors
for (const [step, name] of ["", "Łódź", "🚀🚀🚀 𠈄𓀀", "a\0b"].entries()) {
  const [address, length] = strings.write(name);
  const answer = capture(address, length);
  strings.dealloc(address, length);
  console.log(`${step + 4}. ${length} bytes: ${strings.read(answer)}`);
}
// ANCHOR_END: vectors

// The memory grows while the host looks at it.

import { instantiate } from "./guest.js";

const { texts } = await instantiate();

// ANCHOR: growth
const decoder = new TextDecoder();
const [address, length] = texts.write("signed up");
const view = new Uint8Array(texts.memory.buffer, address, length);
console.log(`the view has ${view.length} bytes: "${decoder.decode(view)}"`);

texts.write("x".repeat(100_000));
console.log(`after another call it has ${view.length}: "${decoder.decode(view)}"`);
try {
  view.set([0]);
} catch (error) {
  console.log(`${error.name}: ${error.message}`);
}
// ANCHOR_END: growth

// The memory grows while the host looks at it.

import { instantiate } from "./guest.js";

const { strings } = await instantiate();

// ANCHOR: growth
const decoder = new TextDecoder();
const [address, length] = strings.write("signed up");
const view = new Uint8Array(strings.memory.buffer, address, length);
console.log(`the view has ${view.length} bytes: "${decoder.decode(view)}"`);

strings.write("x".repeat(100_000));
console.log(`after another call it has ${view.length}: "${decoder.decode(view)}"`);
try {
  view.set([0]);
} catch (error) {
  console.log(`${error.name}: ${error.message}`);
}
// ANCHOR_END: growth

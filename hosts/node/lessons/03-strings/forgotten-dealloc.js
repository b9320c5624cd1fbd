// The host never gives back what it was given.

import { capture, strings } from "./guest.js";

// ANCHOR: forgotten-dealloc
for (const calls of [0, 5_000, 10_000, 20_000]) {
  for (let call = 0; call < calls; call += 1) {
    const [address, length] = strings.write("signed up");
    capture(address, length);
  }
  console.log(`${calls} more calls: ${strings.memory.buffer.byteLength / 65_536} pages`);
}
// ANCHOR_END: forgotten-dealloc

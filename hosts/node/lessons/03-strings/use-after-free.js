// The host keeps an address after it gave the bytes back.

import { unpack } from "../../lib/strings.js";
import { capture, strings } from "./guest.js";

// ANCHOR: use-after-free
const [first, firstLength] = strings.write("signed up");
const answer = capture(first, firstLength);
const [at, size] = unpack(answer);
console.log(`capture answered ${strings.read(answer)}`);

const [second, secondLength] = strings.write("the plan was upgraded");
const bytes = new Uint8Array(strings.memory.buffer, at, size);
console.log(`the same address now reads ${new TextDecoder().decode(bytes)}`);
// ANCHOR_END: use-after-free
strings.dealloc(second, secondLength);

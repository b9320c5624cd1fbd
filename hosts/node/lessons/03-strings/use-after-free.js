// The host keeps an address after it gave the bytes back.

import { unpack } from "../../lib/text.js";
import { capture, texts } from "./guest.js";

// ANCHOR: use-after-free
const [first, firstLength] = texts.write("signed up");
const answer = capture(first, firstLength);
const [at, size] = unpack(answer);
console.log(`capture answered ${texts.read(answer)}`);

const [second, secondLength] = texts.write("the plan was upgraded");
const bytes = new Uint8Array(texts.memory.buffer, at, size);
console.log(`the same address now reads ${new TextDecoder().decode(bytes)}`);
// ANCHOR_END: use-after-free
texts.dealloc(second, secondLength);

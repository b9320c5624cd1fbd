// The host counts characters where the guest expects bytes.

import { capture, texts } from "./guest.js";

// ANCHOR: characters
const name = "Łódź";
const [address, length] = texts.write(name);
const characters = name.length;
console.log(`${name} has ${characters} characters and ${length} bytes`);

const answer = capture(address, characters);
console.log(`told ${characters}, the guest captured ${texts.read(answer)}`);
// ANCHOR_END: characters

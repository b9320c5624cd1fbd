// The host counts characters where the guest expects bytes.

import { capture, strings } from "./guest.js";

// ANCHOR: characters
const name = "Łódź";
const [address, length] = strings.write(name);
const characters = name.length;
console.log(`${name} has ${characters} characters and ${length} bytes`);

const answer = capture(address, characters);
console.log(`told ${characters}, the guest captured ${strings.read(answer)}`);
// ANCHOR_END: characters

// The host tells the guest an address that it was never given.

import { instantiate } from "./guest.js";

const { exports, strings } = await instantiate();

// ANCHOR: wild-address
const api = exports.address_of_static();
const answer = exports.capture(api, 9);
console.log(`inside: captured ${strings.read(answer)}`);

const beyond = 0xffff_0000;
try {
  exports.capture(beyond, 9);
} catch (error) {
  console.log(`beyond: ${error.message}`);
}
// ANCHOR_END: wild-address

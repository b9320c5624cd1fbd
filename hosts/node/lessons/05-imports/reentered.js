// An import asks something of the guest that is waiting for it.

import { load } from "../../lib/guest.js";
import { hostAddress, Http, TIMEOUT } from "../../lib/http.js";
import { Guest } from "./guest.js";

const module = await load("05-imports.imports-borrowed");
const http = new Http(hostAddress("POSTHOG_HOST"), TIMEOUT);
const lent = http.lend(() => guest.strings);

// ANCHOR: reentered
/**
 * `http_request` that first says how many events wait.
 *
 * @type {(path: number, pathLength: number, body: number, bodyLength: number) => number}
 */
function http_request(path, pathLength, body, bodyLength) {
  console.log("the host asks how many events wait");
  console.log(`${guest.exports.waiting()} wait`);
  return lent.http_request(path, pathLength, body, bodyLength);
}
// ANCHOR_END: reentered

const guest = new Guest(module, http, { http_request });
try {
  guest.capture("signed up", "ada");
} catch (error) {
  console.log(`capture failed: ${error.message}`);
}

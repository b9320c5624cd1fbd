// The host's `http_request` takes a body and no path.

import { hostAddress, Http, TIMEOUT } from "../../lib/http.js";
import { Guest, module } from "./guest.js";

const http = new Http(hostAddress("POSTHOG_HOST"), TIMEOUT);
/** @type {Guest} */
let guest;

// ANCHOR: wrong-signature
/** @type {(body: number, bodyLength: number) => number} */
function http_request(body, bodyLength) {
  const answer = http.post("/batch/", guest.strings.copy(body, bodyLength));
  const [address, length] = guest.strings.write(answer);
  http.length = length;
  return address;
}

guest = new Guest(module, http, { http_request });
console.log(guest.capture("signed up", "ada"));
// ANCHOR_END: wrong-signature

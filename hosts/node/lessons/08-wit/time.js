// How many times as long as in lesson 7 a capture takes. Not a case: it prints something else each time.

import { load } from "../../lib/guest.js";
import { Guest as Pointers } from "../07-minimal/guest.js";
import { guest } from "./guest.js";

/** @import { Http } from "../../lib/http.js" */

/** Captures a run, runs of which the fastest counts. */
const CAPTURES = 10_000;
const RUNS = 10;

/** An event as an application would send it. */
const ID = "0190e3a0-6f2c-7c3e-8f55-3b1f2d6a9c10";
const PROPERTIES = `{"plan":"pro","seats":5,"trial":false,"source":"newsletter","$browser":"Firefox","$os":"Linux","$lib":"posthog-wasm","$ip":null}`;

// A server that answers at once.
const accepts = /** @type {Http} */ (/** @type {unknown} */ ({ lend }));
const pointers = new Pointers(await load("07-minimal"), accepts);
const events = await guest(() => ({ status: 200, body: "accepted" }));

/** @param {() => import("../../lib/strings.js").Strings} strings */
function lend(strings) {
  let last = 0;
  return {
    /** @type {(path: number, pathLength: number, body: number, bodyLength: number) => number} */
    http_request: (path, pathLength, body, bodyLength) => {
      strings().copy(path, pathLength);
      strings().copy(body, bodyLength);
      const [address, length] = strings().write("200 accepted");
      last = length;
      return address;
    },
    http_request_len: () => last,
  };
}

/** @param {() => void} capture */
function timed(capture) {
  const start = performance.now();
  for (let call = 0; call < CAPTURES; call += 1) capture();
  return performance.now() - start;
}

let [seven, eight] = [Infinity, Infinity];
// In turns, so that what else the machine does hits both.
for (let run = 0; run < RUNS; run += 1) {
  seven = Math.min(
    seven,
    timed(() => pointers.capture("signed up", ID, PROPERTIES)),
  );
  eight = Math.min(
    eight,
    timed(() => events.capture("phc_demo", "signed up", ID, PROPERTIES)),
  );
}
console.log(`a capture through WIT takes ${(eight / seven).toFixed(1)} times as long`);

// Two guests share what the host remembers of the last answer.

import { hostAddress, Http, TIMEOUT } from "../../lib/http.js";
import { Guest, module } from "./guest.js";

const http = new Http(hostAddress("POSTHOG_HOST") + "/echo", TIMEOUT);

// ANCHOR: lengths
const second = new Guest(module, http);
// Between the two imports of the first guest, the second captures.
const first = new Guest(module, http, {
  http_request_len() {
    const answer = second.capture("paid", "bo");
    console.log(`the second reads ${answer}`);
    return http.length;
  },
});

const answer = first.capture("signed up", "ada@example.com");
console.log(`the first reads  ${answer}`);
// ANCHOR_END: lengths

// Lesson 5 in JavaScript: the guest sends, and the host lends it an HTTP client.

import { hostAddress, Http, TIMEOUT } from "../../lib/http.js";
import { Guest, module } from "./guest.js";

// ANCHOR: imports-of
for (const [step, wanted] of WebAssembly.Module.imports(module).entries()) {
  console.log(`${step + 1}. the guest needs ${wanted.module}.${wanted.name}`);
}
// ANCHOR_END: imports-of

// ANCHOR: lend
const http = new Http(hostAddress("POSTHOG_HOST"), TIMEOUT);
const guest = new Guest(module, http);
// ANCHOR_END: lend

// ANCHOR: send
console.log(`3. capture answered ${guest.capture("signed up", "ada")}`);
console.log(`4. capture answered ${guest.capture("🚀 started", "Łódź")}`);
// ANCHOR_END: send

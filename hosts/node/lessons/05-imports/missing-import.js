// The host lends one of the two functions and forgets the other.

import { module } from "./guest.js";

// ANCHOR: missing-import
const posthog = { http_request: () => 0 };
try {
  new WebAssembly.Instance(module, { posthog });
} catch (error) {
  // In between V8 names the import, each version in a different form.
  console.log(`${error.name}: … ${error.message.split(": ").at(-1)}`);
}
// ANCHOR_END: missing-import

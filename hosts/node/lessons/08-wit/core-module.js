// The host mistakes a core module for a component, and the other way round.

import { translate } from "../../lib/component.js";
import { load } from "../../lib/guest.js";

// ANCHOR: core-module
try {
  await translate("08-wit", []);
} catch (error) {
  console.log(`the module as a component: ${error.message.split("\n").at(-1).trim()}`);
}
try {
  await load("08-wit.component");
} catch (error) {
  console.log(`the component as a module: ${error.message}`);
}
// ANCHOR_END: core-module

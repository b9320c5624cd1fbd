// Properties that end too early, or go on too long.

import { Guest } from "./guest.js";

const guest = await Guest.load("07-minimal");

// ANCHOR: cut-short
for (const properties of [
  '{"plan":"pr',
  '{"plan":"pro"',
  JSON.stringify({ name: "🚀".slice(0, 1) }),
  '{"plan":"pro"},{"event":"made up"}',
]) {
  console.log(`${properties}\n  -> ${guest.capture("signed up", "ada", properties)}`);
}
// ANCHOR_END: cut-short

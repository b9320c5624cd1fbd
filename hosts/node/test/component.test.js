// What a host relies on when it runs a component, shown on the guest of lesson 8.

import assert from "node:assert/strict";
import { test } from "node:test";

import { instantiateComponent } from "../lib/component.js";

const HTTP = "posthog:client/http@0.1.0";

test("what the host answers comes back", async () => {
  const send = () => ({ status: 200, body: "accepted" });
  const { events } = await instantiateComponent("08-wit.component", { [HTTP]: { send } });
  assert.deepEqual(events.capture("phc_demo", "signed up", "ada", "{}"), { status: 200, body: "accepted" });
});

test("an error of the guest is told from one of the host", async () => {
  const send = () => {
    throw new Error("no address");
  };
  const { events } = await instantiateComponent("08-wit.component", { [HTTP]: { send } });
  assert.throws(() => events.capture("phc_demo", "signed up", "ada", "["), {
    payload: "properties, byte 0: expected one JSON object",
  });
  assert.throws(() => events.capture("phc_demo", "signed up", "ada", "{}"), /^Error: no address$/);
});

test("an interface that the host does not have is named", async () => {
  await assert.rejects(
    instantiateComponent("08-wit.incompatible.component", { [HTTP]: {} }),
    /^Error: the guest needs posthog:client\/http in a version that the host does not have; it has posthog:client\/http@0\.1\.0$/,
  );
  await assert.rejects(instantiateComponent("08-wit.component", {}), /it has nothing$/);
});

test("a field that the host leaves out is an error and not 0", async () => {
  const send = () => ({ body: "accepted" });
  const { events } = await instantiateComponent("08-wit.component", { [HTTP]: { send } });
  assert.throws(() => events.capture("phc_demo", "signed up", "ada", "{}"), /invalid u16 value \[undefined\]/);
});

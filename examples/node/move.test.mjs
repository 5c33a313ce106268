// Moves somebody from the old subscription to the new one, rightly and wrongly.
//
//     hubsim exec -- node --test examples/node/

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { Sandbox } from "./hubsim.mjs";

const JOAQUIN = "joaquin.thornfield@quillhaven.example";
const EDIT = `/_hub/v1/organizations/me/users/${JOAQUIN}/licenses`;
const OLD = "Webex Calling VAR Professional [Sub119911]";
const NEW = "Webex Calling VAR Professional [Sub121331]";

let sandbox;
beforeEach(async () => {
  sandbox = await Sandbox.create();
});
afterEach(() => sandbox.delete());

// One save of the dialog Edit licences.
const save = (...changes) =>
  sandbox.call("PATCH", EDIT, {
    licenses: changes.map(([operation, id]) => ({ id, operation })),
  });

async function extension() {
  const query = new URLSearchParams({ email: JOAQUIN, callingData: "true" });
  const { items } = await sandbox.call("GET", `/v1/people?${query}`);
  return items[0].extension;
}

test("one save keeps everything, even from a suspended subscription", async () => {
  await sandbox.call("POST", "/_sim/v1/subscriptions/Sub119911/suspend");
  const before = await extension();
  const outcome = await save(["remove", OLD], ["add", NEW]);
  assert.equal(outcome.action, "swapped");
  assert.deepEqual(outcome.lost, []);
  assert.equal(await extension(), before);
});

test("two saves lose everything", async () => {
  const outcome = await save(["remove", OLD]);
  assert.equal(outcome.action, "removed");
  assert.ok(outcome.lost.some(({ family }) => family === "voicemailPasscode"));
  assert.equal(await extension(), undefined);
});

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { overlay, overlayFile } from "../../src/sandbox/demo/shop-files.ts";
import { type IncidentWorld, incidentWorld, minute, type WorldOptions } from "../support/incident-world.ts";
import { leaseMessage } from "../support/lease-message.ts";
import { follow, left } from "../support/play.ts";

const hour = 60 * minute;
const file = overlayFile("checkout", "production");

async function world(options: Omit<WorldOptions, "directory"> = {}): Promise<IncidentWorld> {
  const directory = await mkdtemp(join(tmpdir(), "remit-lease-"));
  const made = await incidentWorld({ ...options, directory });
  onTestFinished(async () => {
    await made.close();
    await rm(directory, { recursive: true, force: true });
  });
  return made;
}

/** A change of ours that holds for an hour. */
async function mitigate(made: IncidentWorld): Promise<string> {
  const before = await made.deployed();
  await made.github.commitAs("alice", {
    branch: "main",
    files: { [file]: before.replace("v1.4.2", "v1.4.1") },
    message: leaseMessage({ action: "rollback", target: "checkout/production", expiresAt: made.clock.now() + hour }),
  });
  return before;
}

test("what was for a time only is taken back when that is over, merged, delivered and verified", async () => {
  const made = await world();
  const before = await mitigate(made);
  await follow(made, 30);
  expect(await left(made)).toMatchObject({ pulls: [], ours: 1 });
  made.clock.advance(hour);
  await follow(made, 30);
  expect(await made.deployed()).toBe(before);
  expect(await left(made)).toMatchObject({
    pulls: [{ title: "Undo the rollback of checkout in production", state: "closed", merged: true }],
    issues: [{ state: "closed" }],
    gates: [1],
    ours: 2,
  });
  const [record] = await made.store.incidents.list(1);
  expect(record?.response.closed?.outcome).toBe("recovered");
  expect(record?.response.escalated).toBeUndefined();
  expect(record?.response.requests).toBeLessThanOrEqual(8);
  expect(made.github.violations).toEqual([]);
  // It is over once.
  made.clock.advance(hour);
  await follow(made, 30);
  expect(await left(made)).toMatchObject({ pulls: [{ merged: true }] });
});

test("where the policy only proposes it waits for a review, and a person who takes it back ends it", async () => {
  const made = await world({ tier: "propose" });
  const before = await mitigate(made);
  made.clock.advance(hour);
  await follow(made, 3);
  expect(await left(made)).toMatchObject({ pulls: [{ state: "open", merged: false }], ours: 1 });
  await made.github.commitAs("bob", {
    branch: "main",
    message: "Put checkout forward again",
    files: { [file]: before },
  });
  await follow(made, 30);
  expect(await left(made)).toMatchObject({
    pulls: [{ state: "closed", merged: false }],
    issues: [{ state: "closed" }],
  });
});

test("what a person has changed since is left to them", async () => {
  const made = await world();
  await mitigate(made);
  const theirs = overlay("checkout", "production", "v1.4.9", 3);
  await made.github.commitAs("bob", { branch: "main", message: "Deploy v1.4.9", files: { [file]: theirs } });
  made.clock.advance(hour);
  await follow(made, 10);
  expect(await made.deployed()).toBe(theirs);
  expect(await left(made)).toMatchObject({ pulls: [], issues: [], ours: 1 });
});

import { expect, test } from "vitest";
import { overlay } from "../../src/sandbox/demo/shop-files.ts";
import { hour, leasedFile, leaseWorld, mitigate, past } from "../support/lease-world.ts";
import { follow, left } from "../support/play.ts";

test("what was for a time only is taken back when that is over, merged, delivered and verified", async () => {
  const made = await leaseWorld();
  const before = await mitigate(made);
  await follow(made, 30);
  expect(await left(made)).toMatchObject({ pulls: [{ merged: true }], ours: 1 });
  made.clock.advance(hour);
  await follow(made, 30);
  expect(await made.deployed()).toBe(before);
  expect(await left(made)).toMatchObject({
    pulls: [{ title: "Undo the rollback of checkout in production", state: "closed", merged: true }, past],
    issues: [{ state: "closed" }, { state: "closed" }],
    gates: [1, 1],
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
  expect(await left(made)).toMatchObject({ pulls: [{ merged: true }, past] });
});

test("where the policy only proposes it waits for a review, and a person who takes it back ends it", async () => {
  const made = await leaseWorld({ tier: "propose" });
  const before = await mitigate(made);
  made.clock.advance(hour);
  await follow(made, 3);
  expect(await left(made)).toMatchObject({ pulls: [{ state: "open", merged: false }, past], ours: 1 });
  await made.github.commitAs("bob", {
    branch: "main",
    message: "Put checkout forward again",
    files: { [leasedFile]: before },
  });
  await follow(made, 30);
  expect(await left(made)).toMatchObject({
    pulls: [{ state: "closed", merged: false }, past],
    issues: [{ state: "closed" }, { state: "closed" }],
  });
});

test("what a person has changed since is left to them", async () => {
  const made = await leaseWorld();
  await mitigate(made);
  const theirs = overlay("checkout", "production", "v1.4.9", 3);
  await made.github.commitAs("bob", { branch: "main", message: "Deploy v1.4.9", files: { [leasedFile]: theirs } });
  made.clock.advance(hour);
  await follow(made, 10);
  expect(await made.deployed()).toBe(theirs);
  expect(await left(made)).toMatchObject({ pulls: [past], issues: [{ state: "closed" }], ours: 1 });
});

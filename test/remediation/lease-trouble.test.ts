/** The end of a lease where something else goes on: forged trailers, other trouble, a person's answer, a lost store. */
import { expect, test } from "vitest";
import { isExpiry } from "../../src/incidents/lease-alert.ts";
import { type IncidentWorld, minute } from "../support/incident-world.ts";
import { forAnHour, hour, leasedFile, leaseWorld, mitigate, olderVersion, past } from "../support/lease-world.ts";
import { follow, left, people, shop } from "../support/play.ts";

const undo = { title: "Undo the rollback of checkout in production" };

async function incidents(made: IncidentWorld) {
  const records = await made.store.incidents.list(10);
  return records.map(({ incident, response }) => ({
    sources: incident.alerts.map(({ source }) => source),
    outcome: response.closed?.outcome,
  }));
}

test("trailers in a person's commit end nothing", async () => {
  const made = await leaseWorld();
  const forged = olderVersion(await made.deployed());
  await made.github.commitAs("mallory", {
    branch: "main",
    files: { [leasedFile]: forged },
    message: forAnHour(made),
  });
  made.clock.advance(hour);
  await follow(made, 2);
  expect(await made.deployed()).toBe(forged);
  expect(await left(made)).toMatchObject({ pulls: [], issues: [] });
  expect(await incidents(made)).toEqual([]);
});

test("in other trouble the end is put off, not lost, and what else fires is an incident of its own", async () => {
  const made = await leaseWorld({ tier: "propose" });
  await mitigate(made);
  made.clock.advance(hour);
  // However many look at it.
  await Promise.all([made.endLeases(), made.endLeases()]);
  await made.reconcile();
  expect(await left(made)).toMatchObject({ pulls: [{ ...undo, state: "open" }, past] });
  made.clock.advance(minute);
  const firing = { startsAt: made.clock.now() };
  await made.receive([made.firing(firing)]);
  await made.reconcile();
  await made.endLeases();
  await made.reconcile();
  expect(await left(made)).toMatchObject({ pulls: [{ ...undo, state: "closed", merged: false }, past] });
  expect(await incidents(made)).toEqual([
    { sources: ["prometheus"], outcome: undefined },
    { sources: ["remit", "prometheus"], outcome: "resolved-without-change" },
  ]);
  await made.receive([made.resolved(firing)]);
  await made.reconcile();
  await made.endLeases();
  await made.reconcile();
  expect(await left(made)).toMatchObject({
    pulls: [{ ...undo, state: "open" }, { ...undo, state: "closed", merged: false }, past],
  });
  expect((await made.store.incidents.open()).map(({ incident }) => isExpiry(incident))).toEqual([true]);
});

test("a person who closes its end keeps the change, whatever Remit forgets and whatever comes beside it", async () => {
  const made = await leaseWorld({ tier: "propose" });
  const before = await mitigate(made);
  made.clock.advance(hour);
  await made.endLeases();
  await made.reconcile();
  const alice = people(made, "alice").rest;
  const { data } = await alice.pulls.list(shop);
  await alice.pulls.update({ ...shop, pull_number: data[0]?.number ?? 0, state: "closed" });
  await made.reconcile();
  const handedOff = { sources: ["remit"], outcome: "handed-off" };
  expect(await incidents(made)).toEqual([handedOff]);
  await made.endLeases();
  expect(await incidents(made)).toEqual([handedOff]);
  await made.loseStore();
  const scaled = olderVersion(before).replace("count: 3", "count: 4");
  await made.github.commitAs("bob", { branch: "main", files: { [leasedFile]: scaled }, message: "Scale checkout" });
  await follow(made, 2);
  expect(await made.deployed()).toBe(scaled);
  expect(await left(made)).toMatchObject({ pulls: [{ ...undo, state: "closed", merged: false }, past] });
  expect(await incidents(made)).toEqual([handedOff]);
});

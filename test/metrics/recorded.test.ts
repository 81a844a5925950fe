/** What the whole of Remit did and recorded, counted. */
import { expect, test } from "vitest";
import { run } from "../cli/run.ts";
import { type IncidentWorld, minute } from "../support/incident-world.ts";
import { incidentWorlds } from "../support/incident-worlds.ts";
import { people, play, pullNumber, shop } from "../support/play.ts";
import { recorded } from "../support/read-ledger.ts";
import { say } from "../support/say.ts";

const world = incidentWorlds();

async function measured(made: IncidentWorld) {
  const records = await recorded(made);
  const window = ["--since", "2026-11-20", "--until", "2026-11-22"];
  const { code, out, err } = await run(["metrics", "--repo", made.github.gitDirectory, ...window, "--json"]);
  expect([code, err]).toEqual([0, ""]);
  const told = JSON.parse(out);
  expect(told.ledger).toMatchObject({ records: records.length, unreadable: 0 });
  return told.measures;
}

const of = (part: number, cases: number) => expect.objectContaining({ part, cases });
const once = expect.objectContaining({ cases: 1, unknownCases: 0 });
const never = expect.objectContaining({ cases: 0, unknownCases: 0 });

test("a fix that helped is proposed, merged, delivered and verified once, and nobody was needed", async () => {
  const made = await world({ tier: "merge", ledger: true });
  await play(made);
  const found = await measured(made);
  expect(found).toMatchObject({
    timeToAcknowledge: never,
    timeToPropose: once,
    timeToMerge: once,
    timeToDeliver: once,
    timeToVerify: once,
    autonomyRate: of(1, 1),
    falseInterventions: of(0, 1),
    harm: of(0, 1),
    acceptanceOfProposals: of(1, 1),
    escalationPrecision: of(0, 0),
    staleEscalations: of(0, 0),
  });
  const times = [found.timeToPropose, found.timeToMerge, found.timeToDeliver, found.timeToVerify];
  const medians = times.map(({ medianMs }) => medianMs);
  expect(medians).toEqual(medians.toSorted((a, b) => a - b));
});

test("one that didn't help and was undone calls a person, and is false", async () => {
  const made = await world({ tier: "merge", ledger: true });
  await play(made, { helps: false, looks: 60 });
  expect(await measured(made)).toMatchObject({
    timeToAcknowledge: expect.objectContaining({ cases: 0, unknownCases: 1 }),
    timeToDeliver: once,
    timeToVerify: never,
    autonomyRate: of(1, 1),
    falseInterventions: of(1, 1),
    acceptanceOfProposals: of(1, 1),
    escalationPrecision: expect.objectContaining({ cases: 0, unknownCases: 1 }),
  });
});

test("who rejects a proposal has acknowledged it, and Remit didn't do it alone", async () => {
  const made = await world({ tier: "propose", ledger: true });
  await play(made, { looks: 4 });
  await say(made, "bob", "/remit reject");
  await made.reconcile();
  await made.receive([made.resolved()]);
  await made.reconcile();
  expect(await measured(made)).toMatchObject({
    timeToAcknowledge: once,
    timeToPropose: never,
    autonomyRate: of(0, 1),
    acceptanceOfProposals: of(0, 1),
    // Called since it was rejected: that came first, and nothing came afterwards.
    escalationPrecision: expect.objectContaining({ cases: 0, unknownCases: 1 }),
  });
});

test("who merges it by hand has accepted it", async () => {
  const made = await world({ tier: "propose", ledger: true });
  await play(made, { looks: 4 });
  const pull_number = await pullNumber(made);
  await people(made, "bob").rest.pulls.merge({ ...shop, pull_number });
  await made.receive([made.event("pull_request", "closed")]);
  await made.reconcile();
  made.clock.advance(minute);
  await made.receive([made.applied(await made.mainHead())]);
  await made.reconcile();
  expect(await measured(made)).toMatchObject({
    timeToAcknowledge: once,
    timeToDeliver: once,
    autonomyRate: of(0, 1),
    acceptanceOfProposals: of(1, 1),
  });
});

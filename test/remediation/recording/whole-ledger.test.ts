import { expect, it } from "vitest";
import { incidentWorlds } from "../../support/incident-worlds.ts";
import { people, play, pullNumber, shop } from "../../support/play.ts";
import { recorded } from "../../support/read-ledger.ts";

const opened = incidentWorlds();

const told = (records: Awaited<ReturnType<typeof recorded>>) =>
  records.map(({ kind, phase }) => (phase === "intent" ? `${kind}?` : kind));

it("a whole incident is on the ledger, each intent before what it announces", async () => {
  const made = await opened({ tier: "merge", ledger: true });
  await play(made);
  const records = await recorded(made);
  expect(told(records)).toEqual([
    "policy-changed",
    "proposed?",
    "proposed",
    "merged?",
    "merged",
    "delivered",
    "verified",
    "closed",
  ]);
  const [, intent, , announced, merged] = records;
  expect(intent?.decision).toMatchObject({ by: "alerts", tier: "merge" });
  expect(intent?.decision?.operands.length).toBeGreaterThan(10);
  expect(announced?.result).toMatchObject({ via: "remit" });
  expect(merged?.result?.commit).toBe(await made.mainHead());
  expect(merged?.change?.files).toEqual(intent?.change?.files);
});

it("an approved change names who approved what", async () => {
  const made = await opened({ tier: "propose", ledger: true });
  await play(made, { looks: 1 });
  const pull_number = await pullNumber(made);
  await people(made, "bob").rest.pulls.createReview({ ...shop, pull_number, event: "APPROVE" });
  await made.reconcile();
  const records = await recorded(made);
  const announced = records.find(({ kind, phase }) => kind === "merged" && phase === "intent");
  expect(announced?.result?.approvals).toMatchObject([
    { login: "bob", permission: "write", commit: announced?.result?.head },
  ]);
});

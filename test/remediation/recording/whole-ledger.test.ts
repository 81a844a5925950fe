import { expect, it } from "vitest";
import { RemitError } from "../../../src/errors.ts";
import { run } from "../../cli/run.ts";
import { minute } from "../../support/incident-world.ts";
import { incidentWorlds } from "../../support/incident-worlds.ts";
import { left, people, play, pullNumber, shop } from "../../support/play.ts";
import { recorded } from "../../support/read-ledger.ts";
import { say } from "../../support/say.ts";

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

it("what Remit withdraws is told with why, and whether it was somebody's answer", async () => {
  for (const [says, outcome] of [
    ["/remit reject", "rejected"],
    [undefined, "withdrawn"],
  ] as const) {
    const made = await opened({ tier: "propose", ledger: true });
    await play(made, { looks: 1 });
    if (says === undefined) await made.receive([made.resolved()]);
    else await say(made, "bob", says);
    await made.reconcile();
    const told = (await recorded(made)).filter(({ kind }) => kind === "withdrawn");
    expect(told).toMatchObject([{ phase: "result", result: { outcome } }]);
  }
});

it("where GitHub takes no record, Remit proposes, merges nothing, and calls a person in the end", async () => {
  const refuse = () => Promise.reject(new RemitError("github-rejected", "Repository rule violations found"));
  const ledgerBranch = () => ({ append: refuse, begin: refuse, restore: refuse, ours: refuse });
  const settings = { checksWithinMs: 2 * minute };
  const made = await opened({ tier: "merge", ledger: true, ledgerBranch, settings });
  await play(made, { looks: 6 });
  const { pulls, ours, comments } = await left(made);
  expect(pulls).toMatchObject([{ state: "open", merged: false }]);
  expect(ours).toBe(0);
  expect(comments).toEqual([1]);
  expect((await made.store.outbox.repositories()).length).toBe(1);
});

it("a stranger with a clone finds nothing wrong with what Remit recorded", async () => {
  const made = await opened({ tier: "merge", ledger: true });
  await play(made);
  await recorded(made);
  const now = new Date(made.clock.now()).toISOString();
  const { code, out } = await run(["audit", "verify", "--repo", made.github.gitDirectory, "--now", now]);
  expect(out).not.toMatch(/^(?:failed|skipped|nothing) /m);
  expect(code).toBe(0);
});

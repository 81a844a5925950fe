/** Decisions that the whole of Remit made and recorded, made again by a stranger with a clone. */
import { describe, expect, test } from "vitest";
import { readLedger } from "../../src/audit/read-ledger.ts";
import { verifyLedger } from "../../src/audit/verify-ledger.ts";
import { openLocalMirror } from "../../src/gitops/mirror/open-local-mirror.ts";
import { openMiner } from "../../src/gitops/mirror/open-miner.ts";
import { ledgerBranch } from "../../src/ledger/ledger-record.ts";
import { repositoryReader } from "../../src/remediation/repository-reader.ts";
import { authorityFile } from "../../src/sandbox/demo/shop-files.ts";
import { type IncidentWorld, minute } from "../support/incident-world.ts";
import { incidentWorlds } from "../support/incident-worlds.ts";
import { people, play, pullNumber, shop } from "../support/play.ts";
import { recorded } from "../support/read-ledger.ts";
import { say } from "../support/say.ts";

const world = incidentWorlds();

/** By the version that recorded it. */
async function verified(made: IncidentWorld) {
  const records = await recorded(made);
  const directory = made.github.gitDirectory;
  const mirror = await openLocalMirror(directory);
  try {
    const history = await openMiner(directory);
    const tip = (await mirror.branchHead(ledgerBranch)) ?? "";
    const ledger = await readLedger(mirror, history, tip);
    const reader = repositoryReader(mirror);
    const base = await mirror.head();
    const shared = { ledger, reader, history, base, notedTip: undefined, software: "1.0.0" };
    const results = await verifyLedger({ ...shared, now: made.clock.now() });
    const found = results.flatMap(({ name, findings }) => findings.map(({ message }) => `${name}: ${message}`));
    return { records, found, again: results.find(({ name }) => name === "re-executed") };
  } finally {
    await mirror.close();
  }
}

const decided = (records: Awaited<ReturnType<typeof recorded>>) =>
  records.flatMap(({ decision }) => decision?.by ?? []);

describe("what the whole of Remit decided", () => {
  test("comes out the same, where the fix helped", async () => {
    const made = await world({ tier: "merge", ledger: true });
    await play(made);
    const { records, found, again } = await verified(made);
    expect(found).toEqual([]);
    expect(decided(records)).toEqual(["alerts", "merge"]);
    expect(again).toMatchObject({ checked: 2, skipped: [] });
  });

  test("and where it didn't, and was undone", async () => {
    const made = await world({ tier: "merge", ledger: true });
    await play(made, { helps: false, looks: 60 });
    const { records, found, again } = await verified(made);
    expect(found).toEqual([]);
    expect(decided(records)).toEqual(["alerts", "merge", "undo", "merge"]);
    expect(again).toMatchObject({ checked: 4, skipped: [] });
  });

  test("and where the policy allows more at the merge than at the plan: people saw the first tier", async () => {
    const made = await world({ tier: "propose", ledger: true });
    await play(made, { looks: 4 });
    const files = { ".github/remit/authority.yaml": authorityFile("merge").replace("version: 1", "version: 2") };
    await made.github.commitAs("alice", { branch: "main", message: "Allow more", files });
    const pull_number = await pullNumber(made);
    await people(made, "bob").rest.pulls.createReview({ ...shop, pull_number, event: "APPROVE" });
    await made.receive([made.event("push")]);
    await made.reconcile();
    const { records, found, again } = await verified(made);
    expect(found).toEqual([]);
    expect(records.flatMap(({ decision }) => decision?.tier ?? [])).toEqual(["propose", "propose"]);
    expect(again).toMatchObject({ checked: 2, skipped: [] });
  });

  test("and where a person asked for it, and another approved it", async () => {
    const made = await world({ tier: "propose", ledger: true });
    made.clock.advance(10 * minute);
    await made.release();
    made.clock.advance(minute);
    await made.endLeases();
    const { data } = await people(made, "carol").rest.issues.create({ ...shop, title: "Checkout is slow" });
    await say(made, "bob", "/remit rollback checkout --environment production", data.number);
    await made.reconcile();
    await say(made, "bob", "/remit approve", await pullNumber(made));
    await made.reconcile();
    const { records, found, again } = await verified(made);
    expect(found).toEqual([]);
    expect(decided(records)).toEqual(["command", "merge"]);
    expect(again).toMatchObject({ checked: 2, skipped: [] });
  });
});

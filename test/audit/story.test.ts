/** What the ledger tells of one and the same story, honestly and not. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canonicalDigest } from "../../src/ledger/canonical-json.ts";
import type { RecordedInputs } from "../../src/ledger/ledger-record.ts";
import {
  at,
  decided,
  type Edit,
  gone,
  isMergeResult,
  ledgerOf,
  places,
  retold,
  type Story,
  story,
  type Told,
  written,
} from "./story.ts";
import { verified } from "./verified.ts";

const { proposing, merging, merged, closed } = places;
const later = at(60);

const directory = mkdtempSync(join(tmpdir(), "remit-audit-"));
let made: Story;
beforeAll(async () => {
  made = await story({}, directory);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const check = (edits: Readonly<Record<number, Edit>>, now = later) =>
  verified(written(made, retold(made, edits)).directory, now);

function withInputs(change: Partial<RecordedInputs>): Edit {
  return decided((each) => {
    const inputs = { ...each.inputs, ...change };
    return { ...each, inputs, inputsDigest: canonicalDigest(inputs) };
  });
}

describe("an honest story", () => {
  test("passes every check, and every check had something to look at", async () => {
    const { code, report, messages } = await check({});
    expect([code, messages]).toEqual([0, []]);
    for (const { name, outcome, checked, skipped } of report.checks)
      expect({ name, outcome, isChecked: checked > 0, skipped }).toEqual({
        name,
        outcome: "ok",
        isChecked: true,
        skipped: [],
      });
  });
});

describe("what isn't as Remit writes it is caught by name", () => {
  test.each<[name: string, edits: Readonly<Record<number, Edit>>, caught: string[], why: RegExp]>([
    ["a merge that nothing announces", { [merging]: gone }, ["intent-first"], /announces that it is merged/],
    [
      "a change that nothing announces at all",
      { [proposing]: gone, [merging]: gone },
      ["intent-first", "approvals"],
      /nothing before it announces this change/,
    ],
    [
      "a merge that isn't on the branch",
      { [merged]: (entry, { repository }) => ({ ...entry, result: { ...entry.result, commit: aside(repository) } }) },
      ["intent-first", "completeness"],
      /isn't on the base branch/,
    ],
    [
      "a policy of other bytes",
      { [merging]: decided((each) => ({ ...each, policy: { ...each.policy, digest: "0123456789ab" } })) },
      ["policy-bytes"],
      /its policy is 0123456789ab, and that of commit/,
    ],
    [
      "a version that the policy doesn't have",
      { [merging]: decided((each) => ({ ...each, policy: { ...each.policy, version: 4 } })) },
      ["policy-bytes"],
      /its policy has version 4, and that of commit [0-9a-f]+ has 3/,
    ],
    [
      "a policy of another commit",
      {
        [merging]: decided((each, { repository }) => ({
          ...each,
          policy: { ...each.policy, revision: repository.git("rev-parse", `${each.base}~1`) },
        })),
      },
      ["policy-bytes"],
      /and not of [0-9a-f]+, where it was decided/,
    ],
    [
      "an operand that was told otherwise",
      {
        [merging]: decided((each) => ({
          ...each,
          operands: each.operands.map((operand) =>
            operand.name === "storm" ? { ...operand, tier: "propose" } : operand,
          ),
        })),
      },
      ["re-executed"],
      /it says storm merge where storm propose is recorded/,
    ],
    [
      "inputs that lead elsewhere",
      { [proposing]: withInputs({ storm: { sickServices: 50, changesUnderWay: 0 } }) },
      ["re-executed"],
      /it says storm propose where storm merge is recorded/,
    ],
    [
      "a stop that was seen and not heeded",
      { [proposing]: withInputs({ stop: { code: "stop-file", message: "" } }) },
      ["re-executed"],
      /it says stop observe where stop merge is recorded/,
    ],
    ["a backdated record", { [merged]: (entry) => ({ ...entry, time: at(-10) }) }, ["times"], /of before record 3/],
    [
      "a decision of before its base",
      { [proposing]: (entry) => ({ ...entry, time: at(-60) }) },
      ["times"],
      /it is of before its incident was opened/,
    ],
    [
      "a record of after its own commit",
      { [proposing]: (entry) => entry, [closed]: (entry) => ({ ...entry, time: at(1.5) }) },
      ["times"],
      /of after the commit that brought it/,
    ],
  ])("%s", async (_name, edits, caught, why) => {
    const { code, failed, messages } = await check(edits);
    expect({ code, failed }).toEqual({ code: 1, failed: caught });
    expect(messages).toContainEqual(expect.stringMatching(why));
  });

  /** A commit like the merge, on no branch. */
  function aside(repository: Story["repository"]): string {
    return repository.git("commit-tree", "-p", "HEAD~1", "-m", "x", "HEAD^{tree}");
  }

  test("an announcement that came to the ledger after the merge", async () => {
    const commits = ledgerOf(made).map((commit, index) => (index === 1 ? { ...commit, at: at(2.4) } : commit));
    const { failed, messages } = await verified(written(made, commits).directory, later);
    expect(failed).toEqual(["intent-first"]);
    expect(messages).toEqual([expect.stringContaining("came to the ledger 24 s after the merge")]);
  });

  test("a commit of the ledger that is older than the one below it", async () => {
    const commits = ledgerOf(made).map((commit, index) => (index === 1 ? { ...commit, at: at(-1) } : commit));
    const { failed, messages } = await verified(written(made, commits).directory, later);
    expect([failed, messages]).toEqual([["times"], ["it was committed before the one below it"]]);
  });

  test("a record of the future", async () => {
    const { failed } = await check({}, at(1));
    expect(failed).toEqual(["times"]);
  });

  test("records that are cut off the end leave a merge that nobody tells of", async () => {
    const { failed, messages } = await verified(written(made, ledgerOf(made).slice(0, 2)).directory, later);
    expect([failed, messages]).toEqual([["completeness"], [expect.stringContaining("no record names it")]]);
  });

  test("a branch that was written over with a consistent chain leaves one, too", async () => {
    const unlike = ledgerOf(made, ({ change: _change, result: _result, decision: _decision, ...entry }, place) =>
      place === closed ? { ...entry, kind: "closed" } : { ...entry, kind: "opened", phase: "result" },
    );
    expect((await verified(written(made, unlike).directory, later)).failed).toEqual(["completeness"]);
  });

  test("two records of the same merge", async () => {
    const repeated = ledgerOf({
      ...made,
      told: made.told.map((batch) =>
        batch.flatMap((entry) => (isMergeResult(entry) ? [entry, { ...entry, time: at(2.2) }] : [entry])),
      ),
    });
    const { failed, messages } = await verified(written(made, repeated).directory, later);
    expect([failed, messages]).toEqual([["completeness"], [expect.stringContaining("record 4 names the same merge")]]);
  });

  test.each([
    ["stands", ["stop"], ["freeze-and-stop"]],
    ["was lifted before", ["stop", "start"], []],
  ])("a merge after a stop that %s", async (_name, commands, caught) => {
    const [first = [], ...others] = made.told;
    const stops = commands.map(
      (command, index): Told => ({
        kind: "stopped",
        phase: "result",
        time: at(0.1 + index / 10),
        software: "0.1.0",
        actor: { kind: "person", login: "ada" },
        result: { command },
      }),
    );
    const commits = ledgerOf({ ...made, told: [[...first, ...stops], ...others] });
    expect((await verified(written(made, commits).directory, later)).failed).toEqual(caught);
  });

  test.each<[name: string, inputs: Partial<RecordedInputs>, why: string, count: number]>([
    ["an incident that nobody can read", { incident: {} }, "the incident that it was made for can't be read", 1],
    [
      "a change that a renderer may have left out",
      { outside: ["rendering"], settings: { stoodMs: 1, suspectWindowMs: 1 } },
      "it may rest on what a renderer said",
      1,
    ],
  ])("%s leaves a decision out, and those that rest on it", async (_name, inputs, why, count) => {
    const { failed, report } = await check({ [proposing]: withInputs(inputs) });
    expect(failed).toEqual([]);
    expect(report.checks.find(({ name }) => name === "re-executed")?.skipped).toEqual([
      { why, count },
      { why: "the change that it judges couldn't be made again", count: 1 },
    ]);
  });

  test("an incident that was never closed, once it was forgotten", async () => {
    const open = await check({ [closed]: gone });
    expect(open.report.checks.at(-1)?.notes).toEqual(["open now: checkout-production-1"]);
    expect(open.failed).toEqual([]);
    const { failed, messages } = await check({ [closed]: gone }, "2026-11-28T12:00:00Z");
    expect([failed, messages]).toEqual([["incidents-ended"], [expect.stringContaining("was never closed")]]);
  });
});

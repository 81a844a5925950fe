/** Stories in which git tells something else than an honest ledger would. */
import { describe, expect, test } from "vitest";
import { digest } from "../../src/digest.ts";
import type { RecordedApproval } from "../../src/ledger/ledger-record.ts";
import { formatTrailers } from "../../src/ledger/trailers.ts";
import {
  at,
  decided,
  type Edit,
  gone,
  grantsMerge,
  isMergeResult,
  ledgerOf,
  overlay,
  places,
  policyOf,
  retold,
  type Story,
  type StoryOptions,
  story,
  type Told,
  tagged,
  written,
} from "./story.ts";
import { verified } from "./verified.ts";

const { merging, merged } = places;
const later = at(60);

async function check(options: StoryOptions, edits: Readonly<Record<number, Edit>> = {}) {
  const made = await story(options);
  return verified(written(made, retold(made, edits)).directory, later);
}

describe("an honest story", () => {
  test("may be one in which somebody changed other lines of the same file meanwhile", async () => {
    const meanwhile = { [overlay]: tagged("v2").replace("# 4", "# four") };
    const kept = { [overlay]: tagged("v1").replace("# 4", "# four") };
    const { messages } = await check({ meanwhile, mergeFiles: kept });
    expect(messages).toEqual([]);
  });

  test("may be one that a person merged: then, nothing has to be announced or allowed but what Remit wrote", async () => {
    const person: Edit = (entry) => ({ ...entry, actor: { kind: "person", login: "ada" } });
    const policy = grantsMerge.replace("tier: merge", "tier: propose");
    const { messages } = await check({ policy }, { [merging]: gone, [merged]: person });
    expect(messages).toEqual([]);
  });
});

describe("what git tells otherwise is caught by name", () => {
  const extra = { "docs/notes.md": "Hello\n" };
  const approvalOf = (change: Partial<RecordedApproval> = {}): RecordedApproval => ({
    login: "ada",
    permission: "write",
    commit: "a".repeat(40),
    at: at(1),
    ...change,
  });
  const approving = (...approvals: readonly RecordedApproval[]): Readonly<Record<number, Edit>> => ({
    [merging]: (entry) => ({ ...entry, result: { ...entry.result, approvals } }),
  });
  const propose = grantsMerge.replace("tier: merge", "tier: propose, requires: {approvals: 1, permission: write}");
  const frozen = (spec: string) => grantsMerge.replace(/\}$/, `, freeze: [${spec}]}`);

  test.each<
    [name: string, options: StoryOptions, edits: Readonly<Record<number, Edit>>, caught: string[], why: RegExp]
  >([
    ["a merge that changes more", { mergeFiles: extra }, {}, ["merged-as-recorded"], /changes docs\/notes\.md, too/],
    [
      "a merge of other bytes",
      { mergeFiles: { [overlay]: tagged("v0") } },
      {},
      ["merged-as-recorded"],
      /doesn't make of apps\/checkout/,
    ],
    [
      "a merge of a workflow",
      { mergeFiles: { ".github/workflows/ci.yml": "on: push\n" } },
      {},
      ["merged-as-recorded", "allowed-paths"],
      /it writes \.github\/workflows\/ci\.yml/,
    ],
    [
      "a merge of a secret",
      { mergeFiles: { "apps/checkout/db.yaml": "kind: Secret\n" } },
      {},
      ["merged-as-recorded", "allowed-paths"],
      /db\.yaml, which may hold secrets/,
    ],
    [
      "trailers of another candidate",
      { trailers: { "Remit-Candidate": "ffffffffffff" } },
      {},
      ["completeness"],
      /name candidate ffffffffffff, and the record/,
    ],
    [
      "a merge in a freeze",
      { policy: frozen('{kind: deny, schedule: "56 11 * * *", duration: 1h, timeZone: UTC}') },
      {},
      ["freeze-and-stop"],
      /it was merged although it was frozen until 2026-11-20T12:56Z/,
    ],
    [
      "a merge beside a stop file",
      { files: { ".github/remit/STOP": "" } },
      {},
      ["freeze-and-stop"],
      /STOP stood at [0-9a-f]+, where it was decided/,
    ],
    [
      "a merge without an approval",
      { policy: propose },
      {},
      ["approvals"],
      /by 1, and has such by 0 \(0 are recorded\)/,
    ],
    [
      "an approval of another head",
      { policy: propose },
      approving(approvalOf({ commit: "b".repeat(40) })),
      ["approvals"],
      /has such by 0 \(1 are recorded\)/,
    ],
    [
      "an approval by somebody who may not",
      { policy: propose },
      approving(approvalOf({ permission: "triage" })),
      ["approvals"],
      /has such by 0/,
    ],
    [
      "an approval of long ago",
      { policy: propose },
      approving(approvalOf({ at: "2026-11-01T10:00:00.000Z" })),
      ["approvals"],
      /has such by 0/,
    ],
    [
      "an approval of after the merge",
      { policy: propose },
      approving(approvalOf({ at: at(30) })),
      ["approvals"],
      /has such by 0/,
    ],
    [
      "one person who approves twice",
      { policy: propose.replace("approvals: 1", "approvals: 2") },
      approving(approvalOf(), approvalOf({ login: "Ada" })),
      ["approvals"],
      /by 2, and has such by 1 \(2 are recorded\)/,
    ],
    [
      "a merge that the tier doesn't allow",
      { policy: grantsMerge.replace("tier: merge", "tier: suggest") },
      {},
      ["approvals"],
      /tier suggest, which allows no merge/,
    ],
    [
      "a higher tier than was decided",
      { policy: propose },
      { [merging]: decided((each) => ({ ...each, tier: "merge" })) },
      ["re-executed"],
      /its tier is propose, and not merge/,
    ],
    [
      "a merge before people could object",
      { policy: grantsMerge.replace("tier: merge", "tier: delay, vetoWindow: 10m") },
      {},
      ["approvals"],
      /could object for 120 s, and the policy gives them 600 s/,
    ],
    [
      "a record of before what it names",
      { mergeAfter: 10 },
      { [merged]: (entry) => ({ ...entry, time: at(4.6) }) },
      ["times"],
      /of before commit [0-9a-f]+, which it names/,
    ],
  ])("%s", async (_name, options, edits, caught, why) => {
    const { code, failed, messages } = await check(options, edits);
    expect({ code, failed }).toEqual({ code: 1, failed: caught });
    expect(messages).toContainEqual(expect.stringMatching(why));
  });

  test("approvals that suffice do", async () => {
    expect((await check({ policy: propose }, approving(approvalOf()))).messages).toEqual([]);
  });

  test("a person's commit that says that Remit made it", async () => {
    const made = await story();
    const { repository } = written(made) && made;
    const trailers = {
      Incident: "i",
      Action: "rollback",
      Target: "checkout/production",
      Tier: "merge",
      Candidate: "c0ffee",
    };
    const named = Object.entries(trailers).map(([key, value]) => [`Remit-${key}`, value]);
    const message = `Roll back\n\n${formatTrailers(Object.fromEntries(named))}`;
    const forged = repository.commit({ [overlay]: tagged("v9") }, { message, at: "2026-11-01T00:00:00Z" });
    const { failed, messages, report } = await verified(repository.directory, later);
    expect([failed, messages]).toEqual([
      ["completeness"],
      ["it says that Remit made it (candidate c0ffee), and no record names it"],
    ]);
    expect(report.checks.find(({ name }) => name === "completeness")?.findings[0]?.commit).toBe(forged);
  });

  test("a merge by a person who brought Remit's commit in, and nobody recorded it", async () => {
    const made = await story();
    const { repository } = made;
    repository.git("checkout", "--quiet", "-b", "theirs", `${made.merge}~1`);
    repository.git("cherry-pick", "--allow-empty", made.merge);
    repository.git("checkout", "--quiet", "main");
    repository.git("merge", "--quiet", "--no-ff", "-m", "Merge pull request #9", "theirs");
    const { failed } = await verified(written(made).directory, later);
    expect(failed).toEqual(["completeness"]);
  });

  test("an old policy that is replayed", async () => {
    const old = policyOf(grantsMerge.replace("version: 3", "version: 2"));
    const made = await story({ mergeAfter: 20, earlierPolicy: old });
    const before = made.repository.git("rev-list", "-1", "--grep=Grant less", made.base);
    const replay = decided((each) => ({
      ...each,
      base: before,
      policy: { digest: digest(old), revision: before, version: 2 },
    }));
    const commits = ledgerOf(made, (entry, place) => (place === merging ? replay(entry, made) : entry));
    const { failed, messages } = await verified(written(made, commits).directory, later);
    expect([failed, messages]).toEqual([
      ["policy-versions"],
      ["it was decided by version 2 of the policy, after record 1 by version 3"],
    ]);
  });

  test("a second change while the cooldown runs, though nothing at all says so", async () => {
    const made = await story();
    const told = [...made.told, ...secondChange(made)];
    const { failed, messages } = await verified(written(made, ledgerOf({ ...made, told })).directory, later);
    expect(failed).toEqual(["limits"]);
    expect(messages).toEqual([
      expect.stringMatching(/the last change of this target was 10 minutes ago.*\(cooldown\)/),
    ]);
  });

  test("but not what came to the branch before the ledger began", async () => {
    const made = await story();
    const second = secondChange(made);
    const { failed, report } = await verified(written(made, ledgerOf({ ...made, told: second })).directory, later);
    expect(failed).toEqual([]);
    expect(report.checks.find(({ name }) => name === "re-executed")?.skipped).toEqual([
      { why: expect.stringMatching(/^decided by 0\.0\.1, and this is \S+, which decides otherwise$/), count: 1 },
      { why: "the change that it judges couldn't be made again", count: 1 },
    ]);
    expect(report.checks.find(({ name }) => name === "completeness")?.notes).toEqual([
      "commits by Remit from before the first record, which aren't looked for: 1",
    ]);
  });

  /** Ten minutes later, of another incident of the target. */
  function secondChange({ repository, merge, told }: Story): Told[][] {
    const base = repository.commit({ [overlay]: tagged("v2") }, { message: "Release v2 again", at: at(4) });
    const message = repository.git("log", "-1", "--format=%B", merge).replaceAll("production-1", "production-2");
    const commit = repository.commit({ [overlay]: tagged("v1") }, { message, at: at(12) });
    return told.map((batch) => batch.map((entry) => again(entry, base, commit)));
  }

  function again(entry: Told, base: string, commit: string): Told {
    const { incident, result, decision } = entry;
    const policy = { ...decision?.policy, digest: decision?.policy.digest ?? "", revision: base };
    return {
      ...entry,
      // It decided otherwise than this one would: that alone is nobody's lie.
      software: "0.0.1",
      time: new Date(Date.parse(entry.time) + 10 * 60_000).toISOString(),
      ...(incident === undefined ? {} : { incident: { ...incident, id: "checkout-production-2" } }),
      ...(decision === undefined ? {} : { decision: { ...decision, base, policy } }),
      ...(isMergeResult(entry) ? { result: { ...result, commit } } : {}),
    };
  }
});

import { describe, expect, test } from "vitest";
import { checkNames } from "../../src/audit/check.ts";
import { entryOf } from "../../src/ledger/chain.ts";
import type { LedgerEntry } from "../../src/ledger/ledger-record.ts";
import { run } from "../cli/run.ts";
import { type GitRepository, gitRepository, temporaryDirectory } from "../gitops/git-repository.ts";
import { honestLedger, type ToldCommit, withFile, writeLedger } from "./told-ledger.ts";
import { type Report, verified } from "./verified.ts";

const now = ["--now", "2026-11-28T03:00:00Z"];

const opened = (minute: number): LedgerEntry =>
  entryOf({
    kind: "stopped",
    phase: "result",
    time: new Date(Date.UTC(2026, 10, 28, 2, minute)).toISOString(),
    software: "1.0.0",
    actor: { kind: "person", login: "ada" },
  });

/** Five records in three commits. */
const honest = honestLedger([[opened(1), opened(2)], [opened(3)], [opened(4), opened(5)]]);
const pathOf = (sequence: number) => `2026/11/${String(sequence).padStart(9, "0")}.json`;

function repositoryWith(commits: readonly ToldCommit[]): GitRepository {
  const repository = gitRepository();
  repository.commit({ "README.md": "Services\n" });
  writeLedger(repository, commits);
  return repository;
}

async function verify(commits: readonly ToldCommit[]) {
  return verified(repositoryWith(commits).directory, "2026-11-28T03:00:00Z");
}

describe("an honest ledger", () => {
  test("passes, in words and as JSON, and each check is told", async () => {
    const { directory } = repositoryWith(honest);
    const { code, out } = await run(["audit", "verify", "--repo", directory, ...now]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Ledger [0-9a-f]{40}: 5 records in 3 commits\.$/m);
    expect(out).toMatch(/^ok {7}chain .*\(5 looked at\)$/m);
    expect(out).toMatch(/^Nothing was found that isn't as it must be\.$/m);
    const { code: again, report } = await verify(honest);
    expect([again, report.outcome, report.first]).toEqual([0, "ok", undefined]);
    expect(report.checks.map(({ name }) => name)).toEqual(checkNames);
  });

  test("passes in a bare clone, from the branch that it was fetched as, and from a noted tip", async () => {
    const repository = repositoryWith(honest);
    const bare = `${temporaryDirectory()}/clone.git`;
    repository.git("clone", "--quiet", "--bare", repository.directory, bare);
    const clone = `${temporaryDirectory()}/clone`;
    repository.git("clone", "--quiet", repository.directory, clone);
    const tip = repository.git("rev-parse", "remit/ledger");
    for (const args of [
      ["--repo", bare],
      ["--repo", clone],
      ["--repo", clone, "--ref", "refs/remotes/origin/remit/ledger"],
      ["--repo", clone, "--ref", "origin/remit/ledger", "--branch", "origin/main"],
      ["--repo", bare, "--ref", tip, "--branch", "main", "--since-tip", tip],
    ])
      expect({ args, ...(await run(["audit", "verify", ...now, ...args])) }).toMatchObject({ args, code: 0, err: "" });
  });
});

describe("a ledger that was tampered with", () => {
  const edited = (change: (text: string) => string) =>
    withFile(honest, pathOf(3), (file) => [{ ...file, text: change(file.text ?? "") }]);
  const elsewhere = (path: string) => withFile(honest, pathOf(3), (file) => [{ ...file, path }]);

  test.each<[name: string, commits: readonly ToldCommit[], caught: readonly string[], message: RegExp]>([
    [
      "a flipped byte",
      edited((text) => text.replace("ada", "adb")),
      ["chain", "canonical-form"],
      /id isn't the digest/,
    ],
    ["other bytes that say the same", edited((text) => `${text}\n`), ["chain", "canonical-form"], /RFC 8785/],
    ["a truncated record", edited((text) => text.slice(0, 40)), ["chain", "canonical-form"], /it isn't JSON/],
    ["bytes that are no text", edited(() => "\ud800"), ["chain", "canonical-form"], /it isn't JSON/],
    ["a dropped record", withFile(honest, pathOf(3), () => []), ["gaps", "adds-only"], /record 3 is missing/],
    [
      "swapped records",
      honest.map(({ at, files }) => ({ at, files: files.map(swapped) })),
      ["chain", "canonical-form", "adds-only"],
      /says that it is record 4/,
    ],
    [
      "a record in another month",
      elsewhere("2026/10/000000003.json"),
      ["canonical-form"],
      /belongs into 2026\/11\/000000003\.json/,
    ],
    [
      "a record that stands twice",
      withFile(honest, pathOf(3), (file) => [file, { ...file, path: "2026/10/000000003.json" }]),
      ["gaps", "canonical-form", "adds-only"],
      /there are two records 3/,
    ],
    ["a repeated record", honestLedger([[opened(1), opened(2)], [opened(2)]]), ["gaps"], /it repeats record 2/],
    [
      "an extra file",
      [...honest, { at: "2026-11-28T02:06:00Z", files: [{ path: "README.md", text: "Hello\n" }] }],
      ["adds-only"],
      /it adds a file that is no record/,
    ],
    [
      "a file changed and put back",
      [
        ...honest,
        { at: "2026-11-28T02:06:00Z", files: [{ path: pathOf(3), text: "{}" }] },
        { at: "2026-11-28T02:07:00Z", files: honest[1]?.files ?? [] },
      ],
      ["adds-only"],
      /it changes a file that stood there/,
    ],
    [
      "a removed file",
      [...honest, { at: "2026-11-28T02:06:00Z", files: [{ path: pathOf(5), text: undefined }] }],
      ["adds-only"],
      /it removes a file/,
    ],
    [
      "an executable",
      withFile(honest, pathOf(3), (file) => [{ ...file, mode: "100755" }]),
      ["adds-only"],
      /as 100755 and not as a plain file/,
    ],
    [
      "a link",
      withFile(honest, pathOf(5), (file) => [{ ...file, mode: "120000" }]),
      ["adds-only"],
      /as 120000 and not as a plain file/,
    ],
  ])("%s is caught and named", async (_name, commits, caught, message) => {
    const { code, report, failed, messages } = await verify(commits);
    expect(code).toBe(1);
    expect(failed).toEqual(caught);
    expect(messages).toContainEqual(expect.stringMatching(message));
    expect(report.first).toMatchObject({ message: expect.any(String) });
  });

  function swapped(file: ToldCommit["files"][number]) {
    const other = { [pathOf(3)]: pathOf(4), [pathOf(4)]: pathOf(3) }[file.path] ?? file.path;
    return { ...file, path: other };
  }

  test("digests in a record are those of what it says", async () => {
    const zeros = "0".repeat(40);
    const decision = {
      by: "alerts",
      base: zeros,
      policy: { digest: "missing", revision: zeros },
      operands: [],
      reasons: [],
      inputs: {
        now: 0,
        attempts: 0,
        kind: "fix",
        storm: "unreadable",
        health: [],
        settings: { stoodMs: 1, suspectWindowMs: 1 },
        outside: [],
      },
      inputsDigest: "1".repeat(64),
    } as const;
    const change = {
      kind: "fix",
      action: "rollback",
      title: "",
      candidate: "c",
      confidence: 1,
      risks: [],
      base: zeros,
      files: [],
      diff: "1".repeat(64),
    } as const;
    const { id: _id, ...content } = opened(1);
    const messages = [];
    for (const part of [{ decision }, { change }]) {
      const { report } = await verify(honestLedger([[entryOf({ ...content, ...part })]]));
      messages.push(report.checks.find(({ name }) => name === "canonical-form")?.findings[0]?.message);
    }
    expect(messages).toEqual([expect.stringContaining("of its inputs"), expect.stringContaining("of its diff")]);
  });

  test("a branch that was written over, with a chain of its own, is caught by whoever noted a tip", async () => {
    const repository = repositoryWith(honest);
    const tip = repository.git("rev-parse", "remit/ledger");
    writeLedger(repository, honestLedger([[opened(1)], [opened(3)]]));
    const args = ["audit", "verify", "--repo", repository.directory, ...now];
    expect((await run(args)).code).toBe(0);
    const { code, out } = await run([...args, "--since-tip", tip]);
    expect(code).toBe(1);
    expect(out).toMatch(/^FAILED +linear /m);
    expect(out).toContain(`commit ${tip}, which was the ledger's tip, isn't below it any more`);
  });

  test("a merge into the ledger, and a ledger that grew out of the base branch, are no line", async () => {
    const repository = repositoryWith(honest);
    repository.git("checkout", "--quiet", "remit/ledger");
    repository.git("merge", "--quiet", "--no-ff", "--allow-unrelated-histories", "--strategy=ours", "-m", "x", "main");
    repository.git("checkout", "--quiet", "main");
    const { out } = await run(["audit", "verify", "--repo", repository.directory, "--json", ...now]);
    const found: Report = JSON.parse(out);
    const messages = found.checks.find(({ name }) => name === "linear")?.findings.map(({ message }) => message);
    expect(messages).toEqual(["it has 2 parents where one belongs", "it shares commits with the base branch"]);
  });

  test("what it says reaches a terminal as text only", async () => {
    const hostile = withFile(honest, pathOf(3), (file) => [file, { path: "\u001b]0;x\u0007.json", text: "" }]);
    const { directory } = repositoryWith(hostile);
    const { code, out } = await run(["audit", "verify", "--repo", directory, ...now]);
    expect([code, out.includes("\u001b")]).toEqual([1, false]);
  });
});

describe("remit audit", () => {
  test("a repository without a ledger is told so, and where it comes from", async () => {
    const repository = gitRepository();
    repository.commit({ "README.md": "Nothing\n" });
    const { code, err } = await run(["audit", "verify", "--repo", repository.directory]);
    expect(code).toBe(1);
    expect(err).toMatch(/this repository has no ledger.*git fetch origin remit\/ledger:remit\/ledger.*--ref/);
  });

  test.each([
    [[], "audit: expected verify, log, export, review"],
    [["verfy"], "audit: expected verify, log, export, review"],
    [["verify", "here"], "audit: expected verify, log, export, review"],
    [["verify", "--now", "soon"], "audit: --now wants a date"],
    [["verify", "--since-tip", "main"], "audit: --since-tip wants a full commit id"],
    [["verify", "--branch", "nope"], 'audit: --branch: this repository has no branch "nope"'],
  ])("%j is a mistake of who asks", async (args, message) => {
    const { directory } = repositoryWith(honest);
    const { code, err } = await run(["audit", ...args, "--repo", directory]);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});

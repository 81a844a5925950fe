import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../cli/run.ts";
import { temporaryDirectory } from "../gitops/git-repository.ts";
import { activeWhenRendered } from "../remediation/prose/as-github-renders.ts";
import {
  at,
  isMergeResult,
  ledgerOf,
  overlay,
  retold,
  type Story,
  story,
  type Told,
  tagged,
  written,
} from "./story.ts";

const directory = mkdtempSync(join(tmpdir(), "remit-audit-"));
let made: Story;
beforeAll(async () => {
  made = await story({}, directory);
  written(made);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const period = ["--from", "2026-11-01", "--to", "2026-12-01"];
const into = (out: string, ...args: readonly string[]) =>
  run(["audit", "export", "--repo", directory, "--now", at(60), "--out", out, ...args]);

async function exported(...args: readonly string[]): Promise<string> {
  const out = join(temporaryDirectory(), "export");
  expect(await into(out, ...period, ...args)).toMatchObject({ code: 0, err: "" });
  return out;
}

describe("remit audit export", () => {
  test("writes a row for each change, with who decided what and when", async () => {
    const out = await exported();
    const rows: unknown = JSON.parse(readFileSync(join(out, "population.json"), "utf8"));
    expect(rows).toEqual([
      {
        id: "000000004",
        incident: "checkout-production-1",
        target: "checkout/production",
        action: "rollback",
        kind: "fix",
        title: "roll back checkout in production to v1",
        tier: "merge",
        mergedBy: "remit",
        approvedBy: [],
        pull: 7,
        commit: made.merge,
        head: "a".repeat(40),
        base: made.base,
        announcedAt: at(0),
        mergedAt: at(2),
        deliveredAt: at(5),
        verifiedAt: at(8),
        outcome: "recovered",
        policyDigest: expect.stringMatching(/^[0-9a-f]{12}$/),
        policyVersion: 3,
        failedChecks: [],
      },
    ]);
    const [header, row] = readFileSync(join(out, "population.csv"), "utf8").split("\r\n");
    expect(header).toMatch(/^id,incident,target,action,/);
    expect(row).toMatch(/^000000004,checkout-production-1,checkout\/production,rollback,fix,roll back checkout/);
  });

  test("each file of a change is what the command beside it prints", async () => {
    const out = join(await exported(), "changes", "000000004");
    const readme = readFileSync(join(out, "README.md"), "utf8");
    const commands = [...readme.matchAll(/^- `([^`]+)`: `([^`]+)`$/gm)].map(([, file = "", command = ""]) => ({
      file,
      command,
    }));
    expect(commands.map(({ file }) => file)).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7].map((sequence) => `records/00000000${sequence}.json`),
      "change.patch",
      "policy.yaml",
    ]);
    for (const { file, command } of commands) {
      const [program = "", ...args] = command.split(" ");
      const printed = execFileSync(program, args, { cwd: directory });
      expect({ file, same: printed.equals(readFileSync(join(out, file))) }).toEqual({ file, same: true });
    }
    execFileSync("git", ["apply", "--check", "--reverse", join(out, "change.patch")], { cwd: directory });
    expect(activeWhenRendered(readme)).toEqual([]);
  });

  test("a change outside the period is in no row", async () => {
    const out = join(temporaryDirectory(), "export");
    await into(out, "--from", "2026-11-20T11:57:01Z", "--to", "2026-12-01");
    expect(JSON.parse(readFileSync(join(out, "population.json"), "utf8"))).toEqual([]);
    expect(readdirSync(out).toSorted()).toEqual(["README.md", "population.csv", "population.json"]);
  });

  test("what a check finds stands beside the change, and what belongs to none in the README", async () => {
    const other = await story();
    const { repository } = other;
    const hostile = "@ada <b>https://a.example</b>";
    const message = repository
      .git("log", "-1", "--format=%B", other.merge)
      .replace(/^(Remit-Candidate: ).*$/m, `$1${hostile}`);
    repository.commit({ [overlay]: tagged("v9") }, { message, at: at(20) });
    written(other, retold(other, { 4: (entry) => ({ ...entry, time: at(-10) }) }));
    const out = join(temporaryDirectory(), "export");
    await run(["audit", "export", "--repo", repository.directory, "--now", at(60), "--out", out, ...period]);
    const [row] = JSON.parse(readFileSync(join(out, "population.json"), "utf8"));
    expect(row.failedChecks).toEqual(["times"]);
    const readme = readFileSync(join(out, "README.md"), "utf8");
    expect(readme).toMatch(/^- `completeness` commit [0-9a-f]{40}: `it says that Remit made it \(candidate @ada/m);
    expect(activeWhenRendered(readme)).toEqual([]);
  });

  test("the same seed draws the same sample, another one another", async () => {
    const many = await story();
    const told = Array.from({ length: 8 }, (_, index) =>
      many.told.map((batch) => batch.map((entry) => nth(entry, index))),
    ).flat();
    written(many, ledgerOf({ ...many, told }));
    const draw = async (seed: string) => {
      const out = join(temporaryDirectory(), "export");
      const args = ["audit", "export", "--repo", many.repository.directory, "--now", at(60), "--out", out, ...period];
      await run([...args, "--sample", "3", "--seed", seed]);
      expect(JSON.parse(readFileSync(join(out, "population.json"), "utf8"))).toHaveLength(8);
      return readdirSync(join(out, "changes")).toSorted();
    };
    const [first, again, other] = [await draw("a"), await draw("a"), await draw("b")];
    expect(first).toHaveLength(3);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  function nth(entry: Told, index: number): Told {
    const { incident } = entry;
    const named = incident === undefined ? {} : { incident: { ...incident, id: `${incident.id}-${index}` } };
    return { ...entry, ...named, ...(isMergeResult(entry) ? { result: { ...entry.result } } : {}) };
  }

  test("nothing that stands somewhere is written over", async () => {
    const out = temporaryDirectory();
    writeFileSync(join(out, "notes"), "mine");
    expect(await into(out, ...period)).toMatchObject({ code: 2, err: expect.stringContaining("isn't empty") });
    expect(readdirSync(out)).toEqual(["notes"]);
    const empty = join(out, "empty");
    mkdirSync(empty);
    expect(await into(empty, ...period)).toMatchObject({ code: 0 });
  });

  test.each([
    [["--from", "2026-11-01"], "--to wants a date"],
    [["--from", "2026-12-01", "--to", "2026-11-01"], "--from must be before --to"],
    [[...period, "--sample", "3"], "--seed is missing"],
    [[...period, "--sample", "few", "--seed", "a"], "--sample wants a number"],
    [[...period, "--kind", "merged"], "--kind says nothing to export"],
  ])("%j is a mistake of who asks", async (args, message) => {
    const out = join(temporaryDirectory(), "export");
    expect(await into(out, ...args)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });
});

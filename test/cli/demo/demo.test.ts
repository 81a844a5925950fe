import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { main } from "../../../src/cli/main.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "remit-demo-cli-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function remit(...argv: string[]) {
  let out = "";
  let err = "";
  const stdout = { write: (text: string) => (out += text) };
  const stderr = { write: (text: string) => (err += text) };
  const code = await main(argv, { stdout, stderr, env: {} });
  return { code, out, err };
}

describe("remit demo", { timeout: 90_000 }, () => {
  test("--json prints one event per line, and the last says how it ended and where the repository is", async () => {
    const { code, out, err } = await remit("demo", "--instant", "--json", "--keep", directory);
    expect(err).toBe("");
    const events = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const last = events.at(-1);
    expect(code).toBe(0);
    expect(last).toMatchObject({ event: "verified", actor: "demo", repository: join(directory, "shop.git") });
    // Eight, a token, and three that begin the ledger.
    expect(last.requests).toBeLessThanOrEqual(12);
    expect(last.seconds).toBeGreaterThan(0);
    expect(events.filter(({ event }) => event === "verified")).toHaveLength(1);
    const log = execFileSync("git", ["-C", join(directory, "shop"), "log", "-1", "--format=%B"], { encoding: "utf8" });
    expect(log).toMatch(/^Remit-Action: rollback$/m);
  });

  test("for people it tells the story, the diff and the reasons, and exits with 1 when it ends with a person", async () => {
    const { code, out } = await remit("demo", "--instant", "--scenario", "undelivered");
    expect(code).toBe(1);
    expect(out).toContain("alice merges");
    expect(out).toContain("-    newTag: v1.5.0");
    expect(out).toContain("+    newTag: v1.4.2");
    expect(out).toMatch(/grant +merge/);
    expect(out).toContain("Not recovered: Remit called a person");
    const kept = /git -C (\S+) log/.exec(out)?.[1] ?? "";
    expect(existsSync(kept)).toBe(true);
    rmSync(dirname(kept), { recursive: true });
  });

  test("a feature that breaks production is switched off again, and the release stays", async () => {
    const { code, out } = await remit("demo", "--instant", "--scenario", "bad-flag", "--json", "--keep", directory);
    expect(code).toBe(0);
    expect(out).toContain("carol merges");
    const log = execFileSync("git", ["-C", join(directory, "shop"), "log", "-1", "--format=%B"], { encoding: "utf8" });
    expect(log).toMatch(/^Remit-Action: flag$/m);
    expect(log).toMatch(/^Remit-Runbook: errors-after-a-change$/m);
  });

  test("all of them can't be kept in one place", async () => {
    const { code, err } = await remit("demo", "--scenario", "all", "--keep", directory);
    expect(code).toBe(2);
    expect(err).toContain("--keep is for one scenario");
  });

  test.each([
    [["demo", "--scenario", "nope"], /expected bad-deploy, bad-flag, traffic-spike, oom, oom-leak, needs-review/],
    [["demo", "--port", "99999"], /expected a number from 0 to 65535/],
    [["sandbox", "--remit", "ftp://x"], /expected an address such as/],
    [["sandbox", "--port", "-1"], /argument is ambiguous|expected a number/],
  ])("%j is a mistake in the usage, and starts nothing", async (argv, message) => {
    const { code, out, err } = await remit(...argv);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toMatch(message);
  });

  test("--keep overwrites nothing", async () => {
    mkdirSync(join(directory, "shop.git"));
    const { code, err } = await remit("demo", "--keep", directory);
    expect(code).toBe(2);
    expect(err).toContain("exists already");
  });
});

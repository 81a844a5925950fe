import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.ts";
import { deployment } from "../backtest/history-world.ts";
import { gitRepository, temporaryDirectory } from "../gitops/git-repository.ts";
import { run } from "./run.ts";

const path = "apps/cart/production/deployment.yaml";
const window = ["--since", "2026-05-01", "--until", "2026-12-01"];

function repository() {
  const git = gitRepository();
  git.commit({ [path]: deployment("cart", "shop", "v1.0.0") }, { at: "2026-03-01T10:00:00Z" });
  git.commit({ [path]: deployment("cart", "shop", "v1.1.0") }, { at: "2026-06-03T10:00:00Z" });
  git.commit({ [path]: deployment("cart", "shop", "v1.0.0") }, { message: "rollback", at: "2026-06-03T11:00:00Z" });
  git.commit({ "README.md": "later\n" }, { at: "2026-08-01T10:00:00Z" });
  return git;
}

describe("remit backtest", () => {
  it("prints the totals, and nothing on stderr where that is no terminal", async () => {
    const { code, out, err } = await run(["backtest", "--repo", repository().directory, ...window]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^named +1 +1 +0 +0 +0 +0 +0 +100\.0 %$/m);
    expect(out).toContain("Right, of what it proposed: 1 of 1");
  });

  it("with --json prints one line, and with --report writes the Markdown", async () => {
    const report = join(temporaryDirectory(), "backtest.md");
    const argv = ["backtest", "--repo", repository().directory, ...window, "--json", "--report", report];
    const { code, out } = await run(argv);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      found: { rollbacks: 1 },
      interrupted: false,
      summary: { rollbacks: { named: { cases: 1, exact: 1 } }, quiet: { intervened: 0 } },
      results: expect.arrayContaining([expect.objectContaining({ verdict: "exact", named: true })]),
    });
    expect(readFileSync(report, "utf8")).toMatch(/^# Backtest of /);
  });

  it("says the same with several threads", async () => {
    const argv = ["backtest", "--repo", repository().directory, ...window, "--json"];
    const results = async (jobs: string) => {
      const answer = JSON.parse((await run([...argv, "--jobs", jobs])).out);
      return answer.results.map((result: object) => ({ ...result, milliseconds: 0 }));
    };
    expect(await results("2")).toEqual(await results("1"));
  });

  it("interrupted, prints what is known so far and ends with 1", async () => {
    const { code, out } = await run(["backtest", "--repo", repository().directory, ...window], {}, AbortSignal.abort());
    expect(code).toBe(1);
    expect(out).toContain("interrupted");
  });

  it("draws a bar on a terminal, and wipes it before it speaks", async () => {
    const written: string[] = [];
    const stderr = { isTTY: true, write: (text: string) => written.push(text) };
    const argv = ["backtest", "--repo", repository().directory, ...window];
    expect(await main(argv, { stdout: { write() {} }, stderr, env: {} })).toBe(0);
    const err = written.join("");
    expect(err).toMatch(/\[#{30}\] (\d+)\/\1 /);
    expect(err.endsWith("\r\u001b[K")).toBe(true);
  });

  it.each([
    [[], "--repo is missing"],
    [
      ["--repo", ".", "--since", "yesterday"],
      '--since wants a date such as 2026-11-20 or a span such as 30d, not "yesterday"',
    ],
    [
      ["--repo", ".", "--until", "2026-13-40"],
      '--until wants a date such as 2026-11-20 or a span such as 30d, not "2026-13-40"',
    ],
    [["--repo", ".", "--since", "2026-05-02", "--until", "2026-05-01"], "--since must be before --until"],
    [["--repo", ".", "--limit", "0"], '--limit wants a whole number of at least 1, not "0"'],
    [["--repo", ".", "--jobs", "33"], '--jobs wants a whole number of at least 1 and at most 32, not "33"'],
    [["--repo", ".", "extra"], 'expected options only, not "extra"'],
  ])("%j is a usage error", async (argv, message) => {
    const { code, err } = await run(["backtest", ...argv]);
    expect({ code, err }).toEqual({ code: 2, err: `remit: backtest: ${message}\nTry remit backtest --help\n` });
  });

  it("fails where there is no repository", async () => {
    expect(await run(["backtest", "--repo", temporaryDirectory()])).toMatchObject({ code: 1, out: "" });
  });
});

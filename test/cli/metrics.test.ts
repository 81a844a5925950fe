import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { gitRepository, temporaryDirectory } from "../gitops/git-repository.ts";
import { iso, remit, remitMessage, repositoryOf, running, type Told } from "../metrics/incidents-world.ts";
import { run } from "./run.ts";

const october = ["--since", "2026-10-01", "--until", "2026-10-31"];

async function metricsOf(commits: readonly Told[]) {
  const root = { ...running("cart", "v1"), ...running("search", "v1") };
  const { directory } = repositoryOf(root, commits);
  const { code, out, err } = await run(["metrics", "--repo", directory, ...october, "--json"]);
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out);
}

const bad: Told = { at: "05T10:00", message: "cart v2", files: running("cart", "v2") };
const told = { incident: "i1", service: "cart", detected: "05T10:05" };
const fix: Told = {
  at: "05T10:10",
  message: remitMessage("Roll back cart", told),
  author: remit,
  files: running("cart", "v1"),
};

describe("remit metrics", () => {
  test("a repository without anything has cases of nothing, and no number", async () => {
    const repository = gitRepository();
    repository.commit({ "README.md": "Nothing\n" });
    const { code, out } = await run(["metrics", "--repo", repository.directory, ...october]);
    expect(code).toBe(0);
    expect(out).toMatch(/^Remit merged 0 fixes in 0 incidents and took back 0\.$/m);
    expect(out).toMatch(/^ {2}autonomy rate +0 +-$/m);
    expect(out).toMatch(/^ {2}time to merge +0 +-$/m);
    expect(out).toMatch(/^ {2}deployment frequency +0 +0\.0 a week +0\.0 to 0\.9$/m);
    expect(out).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("a repository without a commit is an error that says so", async () => {
    const { code, err } = await run(["metrics", "--repo", gitRepository().directory]);
    expect([code, err]).toEqual([1, expect.stringMatching(/^remit: .+/)]);
  });

  test.each([
    [["--sinc", "30d"], "metrics: unknown option --sinc, did you mean --since?"],
    [["--since", "lately"], 'metrics: --since wants a date such as 2026-11-20 or a span such as 30d, not "lately"'],
    [["--since", "2026-10-02", "--until", "2026-10-01"], "metrics: --since must be before --until"],
    [["here"], 'metrics: expected options only, not "here"'],
    [["--at", "main"], "--at wants a full commit id"],
  ])("%j is a mistake of who asks", async (args, message) => {
    const repository = gitRepository();
    repository.commit({ "README.md": "Nothing\n" });
    const { code, out, err } = await run(["metrics", "--repo", repository.directory, ...args]);
    expect([code, out, err]).toEqual([2, "", expect.stringContaining(message)]);
  });

  test("a directory that can't be written into is one, too", async () => {
    const repository = gitRepository();
    repository.commit({ "README.md": "Nothing\n" });
    const plots = join(temporaryDirectory(), "file");
    writeFileSync(plots, "");
    const { code, err } = await run(["metrics", "--repo", repository.directory, "--svg", plots]);
    expect([code, err]).toEqual([2, expect.stringContaining(`--svg: ${plots} can't be written into`)]);
    expect(existsSync(join(plots, "shares.svg"))).toBe(false);
  });

  test("messages that lie about time or say half make no case, and no failure", async () => {
    const hostile = (message: string, at: string): Told => ({ at, message, files: running("search", `v${at}`) });
    const { counts, measures } = await metricsOf([
      bad,
      { ...fix, message: fix.message.replace(iso("05T10:05"), "9999-12-31T00:00:00Z") },
      hostile(`${remitMessage("Later", told).replace("Remit-Tier", "Remit-Tear")}`, "06T10:00"),
      hostile("Remit-Incident: i9\nRemit-Candidate: 1", "07T10:00"),
      hostile(`\u001b[2J</desc><script>\u0000Remit-Detected: ${"9".repeat(5_000)}`.replace("\u0000", ""), "08T10:00"),
      hostile(`Words\n\n${"Remit-Detected: yesterday\n\n".repeat(2_000)}`, "09T10:00"),
      hostile(`Revert "${'Revert "'.repeat(3_000)}`, "10T10:00"),
    ]);
    expect(counts).toMatchObject({ fixes: 1, undos: 0, incidents: 1 });
    expect(measures.timeToMerge).toMatchObject({ cases: 0, unknownCases: 1 });
    expect(measures.timeToDetect).toMatchObject({ cases: 1 });
  });

  test("what a target is called reaches no plot and no terminal as more than text", async () => {
    const { directory } = repositoryOf(running("cart", "v1"), [
      bad,
      { ...fix, message: fix.message.replace("cart/production", "<script>alert(1)</script>") },
    ]);
    const plots = join(temporaryDirectory(), "a", "b");
    const { code, out } = await run(["metrics", "--repo", directory, ...october, "--svg", plots]);
    expect([code, out.includes("<script>")]).toEqual([0, false]);
    expect(existsSync(join(plots, "weeks.svg"))).toBe(true);
  });

  test("a person who takes a fix back without a word is seen; a program, and whoever comes a day later, is not", async () => {
    const again = (at: string, author?: string): Told => ({
      at,
      message: "Put v2 out",
      files: running("cart", "v2"),
      ...(author === undefined ? {} : { author }),
    });
    const part = async (later: Told) => (await metricsOf([bad, fix, later])).measures.falseInterventions.part;
    expect(await part(again("06T10:09"))).toBe(1);
    expect(await part(again("06T10:11"))).toBe(0);
    expect(await part(again("05T11:00", "image-updater <bot@example.com>"))).toBe(0);
  });

  test("a change that Remit put back together with another isn't told from it: the time to detect is unknown", async () => {
    const { measures } = await metricsOf([
      bad,
      { at: "05T10:02", message: "cart v3", files: running("cart", "v3") },
      fix,
    ]);
    expect(measures.timeToDetect).toMatchObject({ cases: 0, unknownCases: 1 });
    expect(measures.changeFailureRate).toMatchObject({ part: 0, cases: 2 });
  });

  test("a change that is taken back twice failed once, and was restored the first time", async () => {
    const { counts, measures } = await metricsOf([
      bad,
      fix,
      { at: "05T12:00", message: "Put v2 out again", files: running("cart", "v2") },
      { at: "05T13:00", message: 'Revert "cart v2"', files: running("cart", "v1") },
    ]);
    expect(counts).toMatchObject({ changes: 1, restores: { remit: 1, people: 0 } });
    expect(measures.timeToRestore).toMatchObject({ cases: 1, medianMs: 10 * 60_000 });
  });

  test("what Remit's undo looks like the opposite of didn't fail", async () => {
    const undo = remitMessage("Undo the rollback of cart", { ...told, action: "undo" });
    const author = "image-updater <bot@example.com>";
    const { counts } = await metricsOf([
      { at: "02T10:00", message: "cart v2", author, files: running("cart", "v2") },
      { at: "03T10:00", message: "cart v1", author, files: running("cart", "v1") },
      { ...bad, author },
      fix,
      { at: "05T10:40", message: undo, author: remit, files: running("cart", "v2") },
    ]);
    expect(counts).toMatchObject({ fixes: 1, undos: 1, changes: 3, restores: { remit: 1, people: 0 } });
  });
});

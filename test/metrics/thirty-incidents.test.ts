/** Thirty incidents in a real repository, counted by hand. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../cli/run.ts";
import { temporaryDirectory } from "../gitops/git-repository.ts";
import { duration, hours, minutes, share } from "./expected.ts";
import { iso } from "./incidents-world.ts";
import { october, repositoryOfAll } from "./thirty-incidents.ts";

function unknown(kind: "share" | "duration") {
  return { kind, known: false, why: expect.stringMatching(/not in git$/) };
}

describe("thirty incidents, counted by hand", () => {
  test("every number is the one that the hand counted, and what git can't tell has none", async () => {
    const { code, out, err } = await run(["metrics", "--repo", repositoryOfAll().directory, ...october, "--json"]);
    expect([code, err]).toEqual([0, ""]);
    const told = JSON.parse(out);
    expect(told).toMatchObject({ version: 2, since: iso("01T00:00"), until: iso("31T00:00") });
    expect(told.counts).toEqual({
      fixes: 30,
      undos: 3,
      leaseEnds: 2,
      incidents: 30,
      // 28 that Remit took back, 5 that people did, 20 that stood; neither README.md nor what takes back.
      changes: 53,
      restores: { remit: 28, people: 5 },
    });
    // Intervals by the binomial: of 28 cases from the 9th to the 20th, of 30 10 to 21, of 11 2 to 10, of 20 6 to 15, of 33 11 to 23.
    expect(told.measures).toEqual({
      // 17 of 5 minutes, 6 of 10, 5 of 20; who was scaled had no bad change.
      timeToDetect: duration(28, 0, minutes(5), [minutes(5), minutes(10)], minutes(20)),
      timeToAcknowledge: unknown("duration"),
      // 6 of 2 minutes, 5 of one; a squash keeps no earlier time.
      timeToPropose: duration(11, 19, minutes(2), [minutes(1), minutes(2)], minutes(2)),
      // 19 of 5 minutes, 6 of 15, 5 of 60.
      timeToMerge: duration(30, 0, minutes(5), [minutes(5), minutes(15)], minutes(60)),
      timeToDeliver: unknown("duration"),
      timeToVerify: unknown("duration"),
      // All but the five that people merged.
      autonomyRate: share(25, 30),
      // s25 and s26; the last one's day isn't over.
      falseInterventions: share(2, 29),
      // s25, and s21 that needed another fix after forty minutes; the last one's hour isn't over.
      harm: share(2, 29),
      // s21 after six days, and after forty minutes; s0 after seventeen days is none.
      repeatIncidents: share(2, 30),
      acceptanceOfProposals: unknown("share"),
      escalationPrecision: unknown("share"),
      staleEscalations: unknown("share"),
      deploymentFrequency: {
        kind: "rate",
        known: true,
        cases: 53,
        days: 30,
        perWeek: (53 * 7) / 30,
        // Exact: 39.70 and 69.32 of 53.
        low: expect.closeTo((39.7 * 7) / 30, 2),
        high: expect.closeTo((69.32 * 7) / 30, 2),
      },
      // 10 of two hours, 10 of six; who pushes leaves one time only.
      leadTimeForChanges: duration(20, 33, hours(4), [hours(2), hours(6)], hours(6)),
      changeFailureRate: share(33, 53),
      // 17 of 10 minutes, 6 of 25, 5 of 45, 5 of 80.
      timeToRestore: duration(33, 0, minutes(10), [minutes(10), minutes(25)], minutes(80)),
      timeToRestoreByRemit: duration(28, 0, minutes(10), [minutes(10), minutes(25)], minutes(80)),
      timeToRestoreByPeople: duration(5, 0, minutes(45), [], minutes(45)),
    });
    expect(told.weeks.map(({ fixes }: { fixes: number }) => fixes)).toEqual([7, 7, 7, 8, 1]);
  });

  test("a table of a hundred columns, and plots that say their numbers in words, too", async () => {
    const plots = join(temporaryDirectory(), "plots");
    const { out } = await run(["metrics", "--repo", repositoryOfAll().directory, ...october, "--svg", plots]);
    expect(out).toMatch(/autonomy rate +30 +83\.3 % +66\.4 to 92\.7 %/);
    expect(out).toMatch(/time to propose +11 +19 +2 min +1 min to 2 min +2 min/);
    expect(out).toMatch(/escalation precision +- +- +not known without a ledger/);
    expect(Math.max(...out.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(100);
    const [shares, times, weeks] = ["shares", "times", "weeks"].map((name) =>
      readFileSync(join(plots, `${name}.svg`), "utf8"),
    );
    expect(shares).toContain("autonomy rate: 83 % (66 to 93 %), 30 cases");
    expect(times).toContain("time to merge: 5 min (5 min to 15 min), 30 cases");
    expect(weeks).toMatch(/<desc[^>]*>2026-10-01: \d+ changes, \d+ taken back, 7 fixes/);
    for (const plot of [shares, times, weeks]) expect(plot).toMatch(/prefers-color-scheme: dark/);
  });
});

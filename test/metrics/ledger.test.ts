/** The thirty incidents with a ledger, counted by hand. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { honestLedger, type ToldCommit, writeLedger } from "../audit/told-ledger.ts";
import { run } from "../cli/run.ts";
import { type GitRepository, temporaryDirectory } from "../gitops/git-repository.ts";
import { duration, minutes, share } from "./expected.ts";
import {
  type Arrivals,
  arrivalsOf,
  called,
  leaseEnd,
  type MergedStory,
  mergedStory,
  unmergedStories,
} from "./incidents-ledger.ts";
import { entriesOf, type ToldStory } from "./records.ts";
import { day, october, range, repositoryOfAll } from "./thirty-incidents.ts";

const at = (index: number, time: string) => `${day(index)}T${time}`;

/** Merged five minutes after the detection, applied three minutes later, and seen to help after ten. */
function quick(index: number, more: Partial<MergedStory> = {}): MergedStory {
  const times = { detected: at(index, "10:05"), merged: at(index, "10:10"), delivered: 3, verified: 10 };
  return { incident: `i${index}`, service: `s${index}`, ...times, ...more };
}

function delayed(index: number): MergedStory {
  const times = { detected: at(index, "10:10"), merged: at(index, "10:25"), delivered: 3, verified: 15 };
  return { incident: `i${index}`, service: index === 17 ? "s0" : `s${index}`, tier: "delay", ...times };
}

/** Two say so first, one leaves the merge to Remit, two merge without a word. */
function reviewed(index: number): MergedStory {
  const times = { detected: at(index, "10:20"), merged: at(index, "11:20"), delivered: 5, verified: 20 };
  const approve = { at: at(index, "10:50"), kind: "commanded", person: "ada", result: { command: "approve" } } as const;
  const how = index === 20 ? { approved: at(index, "10:55") } : { person: "ada" };
  return {
    incident: `i${index}`,
    service: `s${index}`,
    tier: "propose",
    ...times,
    ...how,
    also: index < 20 ? [approve] : [],
  };
}

const again = (index: number, incident: string, detected: string, merged: string) =>
  quick(index, { incident, service: "s21", detected: at(index, detected), merged: at(index, merged) });

/** Those that the branch tells of, as the branch does. */
const plain: readonly MergedStory[] = [
  ...range(0, 11).map((index) => quick(index)),
  ...range(12, 17).map(delayed),
  ...range(18, 22).map(reviewed),
  ...range(23, 26).map((index) => quick(index)),
  again(27, "i27", "10:05", "10:10"),
  again(27, "i28", "10:45", "10:50"),
  quick(29, { detected: at(29, "23:30"), merged: at(29, "23:35") }),
];

/** What the branch doesn't tell of some of them. */
const particular: Readonly<Record<string, Partial<MergedStory>>> = {
  // Called for nothing.
  i4: { also: [called(at(4, "10:12"))] },
  // Didn't help, and may not be undone.
  i5: {
    outcome: "failing",
    verified: 20,
    also: [called(at(5, "10:31"))],
    closed: { at: at(5, "12:00"), outcome: "handed-off" },
  },
  // Merged by a person while there was time to object.
  i16: { person: "ada" },
  // Didn't help, and was undone.
  i25: {
    outcome: "failing",
    verified: 20,
    also: [
      called(at(25, "10:31")),
      { at: at(25, "10:32"), kind: "undone", phase: "intent", tier: "merge", by: "undo", change: "undo" },
      { at: at(25, "10:33"), kind: "undone", change: "undo", result: { pull: 2 } },
    ],
    closed: { at: at(25, "10:55"), outcome: "handed-off" },
  },
};

const storiesOf = (told: readonly MergedStory[], arrived: Arrivals): readonly ToldStory[] => [
  ...told.map((each) => mergedStory(each, arrived)),
  ...[23, 24].map((index) => leaseEnd(index, arrived)),
];

const early: readonly string[] = ["i0", "i1"];

function allStories(arrived: Arrivals): readonly ToldStory[] {
  const since = plain.filter(({ incident }) => !early.includes(incident));
  const told = since.map((each) => ({ ...each, ...particular[each.incident] }));
  return [...storiesOf(told, arrived), ...unmergedStories];
}

function withLedger(stories: (arrived: Arrivals) => readonly ToldStory[], edit = (commits: ToldCommit[]) => commits) {
  const repository = repositoryOfAll();
  const entries = entriesOf(stories(arrivalsOf(repository)));
  const tip = writeLedger(repository, edit(honestLedger(entries.map((entry) => [entry]))));
  return { repository, tip, records: entries.length };
}

async function metricsOf({ directory }: GitRepository, ...more: readonly string[]) {
  const { code, out, err } = await run(["metrics", "--repo", directory, ...october, "--json", ...more]);
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out);
}

describe("thirty incidents with a ledger, counted by hand", () => {
  test("what the branch can't tell has the number that the hand counted", async () => {
    const { repository, tip, records } = withLedger(allStories);
    const { ledger, measures, counts } = await metricsOf(repository);
    // The third day's incident is the first that it tells of.
    expect(ledger).toEqual({ revision: tip, records, unreadable: 0, from: "2026-10-03T10:06:00.000Z" });
    expect(counts).toMatchObject({ fixes: 30, incidents: 30 });
    // Intervals by the binomial: of 28 cases from the 9th to the 20th, of 26 from the 8th to the 19th, of 11 from the 2nd to the 10th.
    const told = {
      // 10, 15, three times 30, 35, 40, twice 60 minutes, four and a half hours, 48 and a half hours. Nobody came to i4, i5, i25, x1, x3
      // and x10; x6 is no alert's.
      timeToAcknowledge: duration(11, 6, minutes(35), [minutes(15), minutes(270)], minutes(270)),
      // 23 of two minutes, the squashed ones by the ledger; 5 of one. The first two are of before it.
      timeToPropose: duration(28, 2, minutes(2), [minutes(2), minutes(2)], minutes(2)),
      timeToMerge: duration(30, 0, minutes(5), [minutes(5), minutes(15)], minutes(60)),
      // 17 of 8 minutes, 6 of 18, 5 of 65.
      timeToDeliver: duration(28, 2, minutes(8), [minutes(8), minutes(18)], minutes(65)),
      // 15 of 15 minutes, 6 of 30, 5 of 80; i5 and i25 never recovered.
      timeToVerify: duration(26, 2, minutes(15), [minutes(15), minutes(30)], minutes(80)),
      // Of 30 with a fix the six that people let in; x2 to x5 came to a change, and nothing was merged. x6 is open.
      autonomyRate: share(24, 34),
      // s25, s26, and s5, which didn't help and stands.
      falseInterventions: share(3, 29),
      // s25, s21 after forty minutes, and s3, of which another incident was opened after half an hour.
      harm: share(3, 29),
      repeatIncidents: share(2, 30),
      // Neither x2, x3 nor x4.
      acceptanceOfProposals: share(28, 31),
      // x4 and x9, but not i4; i5, i25, x1, x2, x10 and x11 may be either. x8 was asked for.
      escalationPrecision: share(2, 3, 6),
      // x1 and x9, but not x11; the day of x10 isn't over.
      staleEscalations: share(2, 8),
    };
    expect(measures).toEqual(expect.objectContaining(told));
  });

  test("a ledger that tells of the same merges changes no number that the branch has", async () => {
    const { repository } = withLedger((arrived) => storiesOf(plain, arrived));
    const both = await metricsOf(repository);
    repository.git("branch", "-D", "remit/ledger");
    const alone = await metricsOf(repository);
    expect([both.counts, both.weeks, alone.ledger]).toEqual([alone.counts, alone.weeks, undefined]);
    const { timeToPropose, ...known } = Object.fromEntries(
      Object.entries<{ known: boolean }>(alone.measures).filter(([, measure]) => measure.known),
    );
    expect(Object.keys(known)).toHaveLength(12);
    expect(both.measures).toEqual(expect.objectContaining(known));
    // Squashed ones have a time by the ledger only.
    expect([timeToPropose, both.measures.timeToPropose]).toMatchObject([
      { cases: 11, unknownCases: 19 },
      { cases: 30, unknownCases: 0 },
    ]);
    expect(both.measures.acceptanceOfProposals).toMatchObject({ part: alone.counts.fixes, cases: alone.counts.fixes });
  });

  test("the table has the numbers, with the cases of which too little is known, and says since when the ledger is there", async () => {
    const { repository, records } = withLedger(allStories);
    const plots = join(temporaryDirectory(), "plots");
    const { out } = await run(["metrics", "--repo", repository.directory, ...october, "--svg", plots]);
    expect(out).toContain(`The ledger has ${records} records since 2026-10-03 10:06.\n`);
    expect(out).toMatch(/time to acknowledge +11 +6 +35 min +15 min to 4 h 30 min +4 h 30 min/);
    expect(out).toMatch(/escalation precision +3 +6 +66\.7 %/);
    expect(out).toMatch(/stale escalations +8 +25\.0 %/);
    expect(Math.max(...out.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(100);
    const [shares, times] = ["shares", "times"].map((name) => readFileSync(join(plots, `${name}.svg`), "utf8"));
    expect(shares).toContain("acceptance of proposals: 90 % (75 to 97 %), 31 cases");
    expect(times).toContain("time to verify: 15 min (15 min to 30 min), 26 cases");
  });

  test("a record that can't be read is told of, and the others are counted", async () => {
    const broken = (commits: ToldCommit[]) =>
      commits.map((commit, index) =>
        index === 0 ? { ...commit, files: commit.files.map((file) => ({ ...file, text: "{}" })) } : commit,
      );
    const { repository, records } = withLedger(allStories, broken);
    const { out } = await run(["metrics", "--repo", repository.directory, ...october]);
    expect(out).toContain(
      `The ledger has ${records - 1} records since 2026-10-03 10:07; 1 file of it can't be read (remit audit verify says why).`,
    );
  });

  test("the ledger may have another name, and one that isn't there is a mistake of who asks", async () => {
    const { repository, tip } = withLedger(allStories);
    const named = await metricsOf(repository, "--ledger", tip);
    repository.git("branch", "-m", "remit/ledger", "elsewhere");
    expect(await metricsOf(repository, "--ledger", "refs/heads/elsewhere")).toEqual(named);
    expect(await metricsOf(repository)).not.toHaveProperty("ledger");
    const { code, err } = await run(["metrics", "--repo", repository.directory, "--ledger", "remit/ledger"]);
    expect([code, err]).toEqual([
      2,
      expect.stringContaining('--ledger: neither a branch nor a commit "remit/ledger" is in this repository'),
    ]);
  });
});

/** Thirty incidents in a real repository, counted by hand. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../cli/run.ts";
import { temporaryDirectory } from "../gitops/git-repository.ts";
import { iso, remit, remitMessage, repositoryOf, running, type Told } from "./incidents-world.ts";

const minutes = (count: number) => count * 60_000;
const hours = (count: number) => minutes(60 * count);
const day = (index: number) => String(index + 1).padStart(2, "0");

interface Rollback {
  readonly service?: string;
  /** `10:00` of the incident's day unless said otherwise: when the bad change came, was detected and taken back. */
  readonly times?: readonly [bad: string, detected: string, merged: string];
  readonly tag?: string;
  readonly tier?: string;
  readonly written?: string;
  readonly mergedAs?: string;
}

/** A bad change and Remit's rollback of it. */
function rolledBack(index: number, told: Rollback = {}): Told[] {
  const { service = `s${index}`, tag = "v2", tier = "merge", written, mergedAs } = told;
  const [bad, detected, merged] = (told.times ?? ["10:00", "10:05", "10:10"]).map((time) => `${day(index)}T${time}`);
  if (bad === undefined || detected === undefined || merged === undefined) throw new Error("a time is missing");
  return [
    { at: bad, message: `${service} ${tag}`, files: running(service, tag) },
    {
      at: merged,
      ...(written === undefined ? {} : { written: `${day(index)}T${written}` }),
      message: remitMessage(`Roll back ${service} to v1`, {
        incident: `i${index}`,
        service,
        tier,
        detected,
        change: `a${index}..b${index}`,
      }),
      author: remit,
      files: running(service, "v1"),
      ...(mergedAs === undefined ? {} : { mergedAs }),
    },
  ];
}

/** More replicas for two hours. */
function scaled(index: number): Told[] {
  const service = `s${index}`;
  const at = (time: string) => `${day(index)}T${time}`;
  const common = { service, tier: "merge" };
  const fix = { ...common, incident: `i${index}`, action: "scale", detected: at("10:05"), expires: at("12:10") };
  const end = { ...common, incident: `lease-${index}`, action: "undo", detected: at("12:10") };
  return [
    {
      at: at("10:10"),
      message: remitMessage(`Scale ${service}`, fix),
      author: remit,
      files: running(service, "v1", 4),
    },
    { at: at("12:15"), message: remitMessage(`End ${service}`, end), author: remit, files: running(service, "v1", 2) },
  ];
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

const incidents: Told[] = [
  // Twelve that Remit squashed.
  ...range(0, 11).flatMap((index) => rolledBack(index)),
  // Six after a delay, rebased. The last hits the service of the first again, seventeen days later.
  ...range(12, 17).flatMap((index) =>
    rolledBack(index, {
      tier: "delay",
      times: ["10:00", "10:10", "10:25"],
      written: "10:12",
      ...(index === 17 ? { service: "s0", tag: "v3" } : {}),
    }),
  ),
  // Five that people merged, without a word in the merge commit.
  ...range(18, 22).flatMap((index) =>
    rolledBack(index, {
      tier: "propose",
      times: ["10:00", "10:20", "11:20"],
      written: "10:21",
      mergedAs: `Merge pull request #${index} from shop/remit/rollback/s${index}/0123456789ab`,
    }),
  ),
  ...scaled(23),
  ...scaled(24),
  // Didn't help: taken back after half an hour.
  ...rolledBack(25),
  {
    at: "26T10:40",
    message: remitMessage("Undo the rollback of s25", {
      incident: "i25",
      service: "s25",
      action: "undo",
      detected: "26T10:05",
      change: "b25..a25",
    }),
    author: remit,
    files: running("s25", "v2"),
  },
  // A person took it back after ten hours.
  ...rolledBack(26),
  { at: "27T20:10", message: 'Revert "Roll back s26 to v1"', files: running("s26", "v2") },
  // The service of six days ago, and once more after forty minutes.
  ...rolledBack(27, { service: "s21", tag: "v3" }),
  ...rolledBack(27, { service: "s21", tag: "v4", times: ["10:40", "10:45", "10:50"] }).map((told) => ({
    ...told,
    message: told.message.replace("i27", "i28").replace("a27..b27", "a28..b28"),
  })),
  // In the last hour of the month.
  ...rolledBack(29, { times: ["23:25", "23:30", "23:35"] }),
];

const byPeople: Told[] = range(0, 4).flatMap((index) => [
  { at: `${day(3 * index)}T15:00`, message: `p${index} v2`, files: running(`p${index}`, "v2") },
  { at: `${day(3 * index)}T15:45`, message: `Revert "p${index} v2"`, files: running(`p${index}`, "v1") },
]);

const good: Told[] = range(0, 19).map((index) => {
  const at = `${day(index)}T08:00`;
  const change = { at, message: `good v${index + 2}`, files: running("good", `v${index + 2}`) };
  return index < 10
    ? { ...change, written: `${day(index)}T06:00` }
    : { ...change, written: `${day(index)}T02:00`, mergedAs: `Merge branch 'good-${index}'` };
});

const prose: Told[] = range(0, 2).map((index) => ({
  at: `${day(index)}T09:00`,
  message: "Say more",
  files: { "README.md": `Words ${index}\n` },
}));

const services = [...range(0, 29).map((index) => `s${index}`), ...range(0, 4).map((index) => `p${index}`), "good"];

const directoryOfAll = () => {
  const root = Object.assign({}, ...services.map((service) => running(service, "v1")));
  return repositoryOf(root, [...incidents, ...byPeople, ...good, ...prose]).directory;
};
const october = ["--since", "2026-10-01", "--until", "2026-10-31"];

function duration(
  cases: number,
  unknownCases: number,
  medianMs: number,
  [lowMs, highMs]: readonly number[],
  p90Ms: number,
) {
  const interval = lowMs === undefined ? {} : { lowMs, highMs };
  return { kind: "duration", known: true, cases, unknownCases, medianMs, ...interval, p90Ms };
}

function share(part: number, cases: number) {
  const between = { low: expect.any(Number), high: expect.any(Number) };
  return { kind: "share", known: true, part, cases, share: part / cases, ...between };
}

function unknown(kind: "share" | "duration") {
  return { kind, known: false, why: expect.stringMatching(/not in git$/) };
}

describe("thirty incidents, counted by hand", () => {
  test("every number is the one that the hand counted, and what git can't tell has none", async () => {
    const { code, out, err } = await run(["metrics", "--repo", directoryOfAll(), ...october, "--json"]);
    expect([code, err]).toEqual([0, ""]);
    const told = JSON.parse(out);
    expect(told).toMatchObject({ version: 1, since: iso("01T00:00"), until: iso("31T00:00") });
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
    const { out } = await run(["metrics", "--repo", directoryOfAll(), ...october, "--svg", plots]);
    expect(out).toMatch(/autonomy rate +30 +83\.3 % +66\.4 to 92\.7 %/);
    expect(out).toMatch(/time to propose +11 +19 +2 min +1 min to 2 min +2 min/);
    expect(out).toMatch(/escalation precision +- +- +not known from git yet/);
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

/** What holds for any past. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { computeMetrics } from "../../src/metrics/compute-metrics.ts";
import { durations } from "../../src/metrics/durations.ts";
import type { Change, Facts, Remediation, Restore } from "../../src/metrics/facts.ts";
import { drawPlots } from "../../src/metrics/plots/draw-plots.ts";
import { intervalPlot } from "../../src/metrics/plots/interval-plot.ts";
import { rate } from "../../src/metrics/rate.ts";
import type { ToldFix, ToldIncident } from "../../src/metrics/told/told.ts";

const day = 24 * 60 * 60_000;
const since = Date.parse("2026-10-01");
const until = since + 30 * day;

const moment = fc.integer({ min: since - 14 * day, max: until + day });
const maybe = fc.option(moment, { nil: undefined });
const remediation: fc.Arbitrary<Remediation> = fc.record({
  commit: fc.uuid(),
  incident: fc.constantFrom("a", "b", "c", "d"),
  target: fc.oneof(fc.constantFrom("checkout/production", "cart"), fc.string()),
  action: fc.constantFrom("rollback", "scale", "undo"),
  tier: fc.constantFrom("merge", "delay", "propose", "constructor"),
  detectedAt: maybe,
  proposedAt: maybe,
  mergedAt: moment,
  lease: fc.option(
    moment.map((expiresAt) => ({ expiresAt, holder: "", why: "", paths: undefined })),
    { nil: undefined },
  ),
  change: fc.option(fc.record({ from: fc.constantFrom("1", "2"), to: fc.constantFrom("1", "2") }), { nil: undefined }),
  culpritAt: maybe,
  reversedAt: maybe,
});
const change: fc.Arbitrary<Change> = fc.record({ commit: fc.uuid(), arrivedAt: moment, authoredAt: maybe });
const toldIncident: fc.Arbitrary<ToldIncident> = fc.record({
  id: fc.constantFrom("a", "b", "c", "d", "e", "f"),
  target: fc.constantFrom("checkout/production", "cart"),
  openedAt: moment,
  isTrouble: fc.boolean(),
  isDecided: fc.boolean(),
  wantedAt: maybe,
  calledAt: maybe,
  acts: fc.array(moment, { maxLength: 3 }).map((acts) => acts.toSorted((a, b) => a - b)),
  answeredAt: maybe,
  closed: fc.option(fc.record({ at: moment, outcome: fc.constantFrom("recovered", "handed-off", undefined) }), {
    nil: undefined,
  }),
});
const toldFix: fc.Arbitrary<ToldFix> = fc.record({
  incident: fc.constantFrom("a", "b", "c", "d", "e", "f"),
  proposedAt: maybe,
  merged: fc.option(fc.record({ commit: fc.uuid(), at: moment, alone: fc.boolean() }), { nil: undefined }),
  withdrawnAt: maybe,
  deliveredAt: maybe,
  seen: fc.option(fc.record({ at: moment, outcome: fc.constantFrom("recovered", "failing", undefined) }), {
    nil: undefined,
  }),
});
const past = fc.record({
  incidents: fc.uniqueArray(toldIncident, { maxLength: 6, selector: ({ id }) => id }),
  fixes: fc.array(toldFix, { maxLength: 12 }),
  /** How many of them are of merges that the branch has. */
  shared: fc.nat({ max: 12 }),
  hasLedger: fc.boolean(),
  remediations: fc.uniqueArray(remediation, { maxLength: 30, selector: ({ commit }) => commit }),
  changes: fc.uniqueArray(
    fc.record({ change, takenBack: maybe, by: fc.constantFrom("remit" as const, "people" as const) }),
    { maxLength: 30, selector: (each) => each.change.commit },
  ),
});

type Past = typeof past extends fc.Arbitrary<infer T> ? T : never;

function toldOf({ incidents, fixes, shared, hasLedger, remediations }: Past): Facts["told"] {
  const joined = fixes.map((fix, index): ToldFix => {
    const remediation = index < shared ? remediations[index] : undefined;
    return remediation === undefined || fix.merged === undefined
      ? fix
      : { ...fix, incident: remediation.incident, merged: { ...fix.merged, commit: remediation.commit } };
  });
  return hasLedger ? { incidents, fixes: joined } : undefined;
}

function factsOf(told: Past): Facts {
  const { remediations, changes } = told;
  const restores = changes.flatMap(({ change: { commit, arrivedAt }, takenBack, by }): Restore[] =>
    takenBack === undefined ? [] : [{ change: commit, changedAt: arrivedAt, restoredAt: takenBack, by }],
  );
  return { since, until, remediations, changes: changes.map((each) => each.change), restores, told: toldOf(told) };
}

const lengths = fc.array(fc.integer({ min: 0, max: 90 * day }), { minLength: 1, maxLength: 60 });

describe("metrics", () => {
  test("stay the same in whatever order the past is told", () => {
    fc.assert(
      fc.property(
        past.chain((told) =>
          fc.record({
            told: fc.constant(told),
            facts: fc.constant(factsOf(told)),
            incidents: fc.shuffledSubarray(told.incidents, { minLength: told.incidents.length }),
            remediations: fc.shuffledSubarray(told.remediations, { minLength: told.remediations.length }),
            changes: fc.shuffledSubarray(told.changes, { minLength: told.changes.length }),
          }),
        ),
        ({ told, facts, incidents, ...shuffled }) => {
          const known = facts.told && { incidents, fixes: facts.told.fixes.toReversed() };
          const retold = { ...factsOf({ ...told, ...shuffled }), told: known };
          expect(computeMetrics(retold)).toEqual(computeMetrics(facts));
        },
      ),
    );
  });

  test("hold each number inside its interval, and parts inside wholes", () => {
    fc.assert(
      fc.property(past, (told) => {
        const { measures, counts, weeks } = computeMetrics(factsOf(told));
        for (const measure of Object.values(measures)) {
          if (!measure.known) continue;
          if (measure.kind === "share") expect(measure.part).toBeLessThanOrEqual(measure.cases);
          if (measure.kind === "share" && measure.share !== undefined)
            expect(measure.low <= measure.share && measure.share <= measure.high && measure.high <= 1).toBe(true);
          if (measure.kind === "rate")
            expect(measure.low <= measure.perWeek && measure.perWeek <= measure.high).toBe(true);
          if (measure.kind === "duration" && measure.medianMs !== undefined)
            expect((measure.p90Ms ?? -1) >= measure.medianMs && measure.medianMs >= 0).toBe(true);
        }
        const sum = (key: "changes" | "failed" | "fixes") => weeks.reduce((total, week) => total + week[key], 0);
        expect([sum("changes"), sum("fixes")]).toEqual([counts.changes, counts.fixes]);
        expect(sum("failed")).toBe(measures.changeFailureRate.part);
        expect(counts.incidents).toBeLessThanOrEqual(4);
      }),
    );
  });

  test("a median lies in its interval, which narrows when the same cases come more often", () => {
    fc.assert(
      fc.property(lengths, fc.integer({ min: 2, max: 5 }), (all, times) => {
        const once = durations(all);
        const often = durations(Array.from({ length: times }, () => all).flat());
        expect(often.medianMs).toBe(once.medianMs);
        const { lowMs = 0, highMs = Number.POSITIVE_INFINITY, medianMs = -1 } = once;
        expect(lowMs <= medianMs && medianMs <= highMs).toBe(true);
        expect(often.lowMs ?? 0).toBeGreaterThanOrEqual(lowMs);
        expect(often.highMs ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(highMs);
      }),
    );
  });

  test("any past can be drawn as XML, with nothing that isn't a number in it", () => {
    fc.assert(
      fc.property(past, (told) => {
        for (const plot of drawPlots(computeMetrics(factsOf(told))).values())
          expect(plot).not.toMatch(/NaN|Infinity|undefined/);
      }),
    );
  });
});

test("words are words in a plot, whatever they are", () => {
  const rows = [
    { label: "<a> & </desc>", cases: 1, at: undefined, low: undefined, high: undefined, words: '"', said: '"' },
  ];
  const plot = intervalPlot({ title: "<script>", rows, ticks: [] });
  expect(plot).toContain("&#60;a&#62; &#38; &#60;/desc&#62;");
  expect(plot).not.toMatch(/<script|<a>/);
  expect(plot.match(/<\/desc>/g)).toHaveLength(1);
});

// From tables of the sign test: the ranks of the interval at 95 %.
test.each([
  [5, undefined],
  [6, [1, 6]],
  [9, [2, 8]],
  [10, [2, 9]],
  [25, [8, 18]],
  [100, [40, 61]],
  [5_000, [2431, 2570]],
])("the interval of a median of %i cases", (cases, ranks) => {
  const { lowMs, highMs } = durations(Array.from({ length: cases }, (_, index) => index + 1));
  expect(lowMs === undefined ? undefined : [lowMs, highMs]).toEqual(ranks);
});

// From tables of the Poisson distribution, exact at 95 %.
test.each([
  [0, 0, 3.69],
  [1, 0.03, 5.57],
  [10, 4.8, 18.39],
  [100, 81.36, 121.63],
])("the interval of %i events", (cases, low, high) => {
  const found = rate(cases, 7 * day);
  expect([found.perWeek, Math.abs(found.low - low) < 0.05, Math.abs(found.high - high) < 0.05]).toEqual([
    cases,
    true,
    true,
  ]);
});

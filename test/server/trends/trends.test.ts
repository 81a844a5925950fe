import fc from "fast-check";
import { expect, it } from "vitest";
import { outcomePlot, timesPlot } from "../../../src/server/trends/trend-plots.ts";
import { outcomes, trendsOf } from "../../../src/server/trends/trends.ts";
import type { IncidentRecord } from "../../../src/store/store.ts";
import { incident, mergeCommit, minute, remediation, response } from "../../support/situation.ts";

const day = 24 * 60 * minute;
/** A Friday. */
const now = Date.parse("2026-11-20T10:30:00Z");
const monday = Date.parse("2026-11-16T00:00:00Z");

type Closed = NonNullable<IncidentRecord["response"]["closed"]>;

function record(openedAt: number, outcome?: Closed["outcome"]): IncidentRecord {
  const closed = outcome === undefined ? undefined : { at: openedAt + minute, outcome, reasons: [] };
  return { incident: incident({ openedAt }), response: response({ closed }), version: 1 };
}

/** Proposed, merged and verified after so many minutes. */
function fixed(openedAt: number, [proposed, merged, verified]: readonly [number, number?, number?]): IncidentRecord {
  const at = (minutes: number) => openedAt + minutes * minute;
  const fix = remediation({
    pullNumber: 7,
    merged: merged === undefined ? undefined : { at: at(merged), commit: mergeCommit },
    ended:
      verified === undefined
        ? undefined
        : { at: at(verified), outcome: "recovered", reason: { code: "recovered", message: "x" } },
  });
  const timeline = [{ at: at(proposed), event: "proposed", message: "x" }];
  return { incident: incident({ openedAt }), response: response({ remediations: [fix], timeline }), version: 1 };
}

it("incidents are counted in the week of their first alert, by how they ended", () => {
  const weeks = trendsOf(
    [
      record(monday, "recovered"),
      record(monday - 1, "abstained"),
      record(now, "handed-off"),
      record(now),
      record(now - 1, "resolved-without-change"),
    ],
    now,
  );
  expect(weeks.map(({ from, counts }) => [from, counts])).toEqual([
    [monday - 7 * day, { recovered: 0, "resolved-without-change": 0, "handed-off": 0, abstained: 1, open: 0 }],
    [monday, { recovered: 1, "resolved-without-change": 1, "handed-off": 1, abstained: 0, open: 1 }],
  ]);
});

it("times are medians of the first fixes, each stage of those that reached it", () => {
  const [week] = trendsOf([fixed(now - day, [2, 4, 9]), fixed(now - day, [4, 10]), fixed(now - day, [3])], now);
  expect(week?.times).toEqual({
    proposed: { cases: 3, medianMs: 3 * minute },
    merged: { cases: 2, medianMs: 7 * minute },
    verified: { cases: 1, medianMs: 9 * minute },
  });
});

it("an undo isn't timed, nor what was never proposed or ended otherwise", () => {
  const ended = { at: now, outcome: "failing" as const, reason: { code: "recovered" as const, message: "x" } };
  const fix = remediation({ pullNumber: undefined, ended });
  const undo = remediation({ kind: "undo", pullNumber: 8, merged: { at: now, commit: mergeCommit } });
  const [week] = trendsOf([{ ...record(now), response: response({ remediations: [fix, undo] }) }], now);
  const none = { cases: 0, medianMs: undefined };
  expect(week?.times).toEqual({ proposed: none, merged: none, verified: none });
});

it("whatever there is, each incident of thirteen weeks is in one week, and weeks follow each other up to now", () => {
  const ago = fc.integer({ min: 0, max: 200 * day });
  fc.assert(
    fc.property(fc.array(ago, { maxLength: 30 }), (agos) => {
      const weeks = trendsOf(
        agos.map((each) => record(now - each)),
        now,
      );
      const counted = weeks.reduce((sum, { counts }) => sum + outcomes.reduce((all, name) => all + counts[name], 0), 0);
      expect(counted).toBe(agos.filter((each) => now - each >= monday - 12 * 7 * day).length);
      expect(weeks.length).toBeLessThanOrEqual(13);
      if (weeks.length > 0) expect(weeks.at(-1)?.from).toBe(monday);
      for (const [index, { from }] of weeks.entries())
        if (index > 0) expect(from - (weeks[index - 1]?.from ?? 0)).toBe(7 * day);
    }),
  );
});

it("a picture tells its numbers to those who don't see it, and brings no style of its own", () => {
  const weeks = trendsOf([record(now, "recovered"), fixed(now - 7 * day, [2, 4, 9])], now);
  const [bars, lines] = [outcomePlot(weeks, "a"), timesPlot(weeks, "b")];
  expect(bars).toContain("2026-11-09: 1 still open; 2026-11-16: 1 recovered by Remit.");
  expect(lines).toContain(
    "2026-11-09: to the proposal 2 min, to the merge 4 min, to verified 9 min; 2026-11-16: no case.",
  );
  for (const picture of [bars, lines]) {
    expect(picture).not.toMatch(/<style|style=|NaN|Infinity|undefined/);
    expect(picture).toMatch(/role="img" aria-labelledby="[ab]-title [ab]-said"/);
  }
});

/** How long things took: the median with an interval that assumes nothing about how durations are spread. */
import { median } from "../median.ts";
import type { DurationMeasure } from "./measure.ts";

/** Fewer cases than six give no interval at 95 %: the median may lie outside of all of them. */
export function durations(all: readonly (number | undefined)[]): DurationMeasure {
  const known = all.filter((value) => value !== undefined).sort((a, b) => a - b);
  const cases = known.length;
  const rank = lowerRank(cases);
  return {
    kind: "duration",
    known: true,
    cases,
    unknownCases: all.length - cases,
    medianMs: median(known),
    p90Ms: known[Math.ceil(cases * 0.9) - 1],
    lowMs: rank === 0 ? undefined : known[rank - 1],
    highMs: rank === 0 ? undefined : known[cases - rank],
  };
}

const tail = 0.025;

/**
 * The largest rank, from 1, at which fewer cases than that lie below the median with a probability of at most 2.5 %: a
 * binomial with one half. 0: there is none. In logarithms, since halves to the power of a thousand are none.
 */
function lowerRank(cases: number): number {
  let logTerm = cases * Math.log(0.5);
  let sum = 0;
  for (let below = 0; below < cases; below++) {
    sum += Math.exp(logTerm);
    if (sum > tail) return below;
    logTerm += Math.log((cases - below) / (below + 1));
  }
  return 0;
}

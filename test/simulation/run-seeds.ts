/** Many seeds, one after the other, in this process. */
import { addCounts, type Counts, countsOf, noCounts } from "./coverage.ts";
import { describeFailure } from "./describe-failure.ts";
import { runScenario, sharedParts } from "./run-seed.ts";
import { scenarioOf } from "./scenario.ts";
import { shrink } from "./shrink.ts";

export interface Batch {
  readonly counts: Counts;
  readonly failures: readonly string[];
}

/** Shrinks the first few that fail. */
export async function runSeeds(seeds: Iterable<number>, onBegin: (seed: number) => void = () => {}): Promise<Batch> {
  const shared = await sharedParts();
  let counts = noCounts;
  const failures: string[] = [];
  for (const seed of seeds) {
    onBegin(seed);
    const scenario = scenarioOf(seed);
    const outcome = await runScenario(scenario, shared);
    counts = addCounts(counts, countsOf(outcome));
    if (outcome.failure === undefined) continue;
    const shrunk =
      failures.length < 3
        ? await shrink(scenario, outcome, shared)
        : { scenario, outcome: { ...outcome, lines: [] }, runs: 0 };
    failures.push(describeFailure(seed, outcome, shrunk));
  }
  return { counts, failures };
}

export function* every(from: number, count: number, step: number): Iterable<number> {
  for (let seed = from; seed < from + count; seed += step) yield seed;
}

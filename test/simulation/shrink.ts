/** Makes a failing world smaller while the same promise is broken: fewer faults, fewer acts, less trouble. */
import type { Strike } from "./faults.ts";
import { type Outcome, runScenario } from "./run-seed.ts";
import type { Scenario } from "./scenario.ts";
import type { Seams } from "./seams.ts";
import type { SharedParts } from "./simulation.ts";

export interface Shrunk {
  readonly scenario: Scenario;
  readonly outcome: Outcome;
  /** How many worlds were tried. */
  readonly runs: number;
}

export async function shrink(
  scenario: Scenario,
  failed: Outcome,
  shared: SharedParts,
  seams: Seams = {},
  mostRuns = 150,
): Promise<Shrunk> {
  let runs = 0;
  let best: { scenario: Scenario; outcome: Outcome } = { scenario, outcome: failed };
  const attempt = async (smaller: Scenario): Promise<boolean> => {
    if (runs >= mostRuns) return false;
    runs += 1;
    const outcome = await runScenario(smaller, shared, seams);
    if (outcome.failure?.invariant !== failed.failure?.invariant) return false;
    best = { scenario: smaller, outcome };
    return true;
  };
  const exactly = (strikes: readonly Strike[]): Scenario => ({
    ...best.scenario,
    faults: { kind: "exactly", strikes },
  });
  // Exactly what struck, and nothing by chance: the same world, unless it went on after the failure.
  if (!(await attempt(exactly(failed.struck)))) return { ...best, runs };
  let before = -1;
  while (runs < mostRuns && before !== sizeOf(best.scenario)) {
    before = sizeOf(best.scenario);
    await fewer(best.outcome.struck, (strikes) => attempt(exactly(strikes)));
    await fewer(best.scenario.acts, (acts) => attempt({ ...best.scenario, acts }));
    await fewer(best.scenario.troubles, (troubles) => attempt({ ...best.scenario, troubles }));
    if (best.scenario.replicas === 2) await attempt({ ...best.scenario, replicas: 1 });
    if (best.scenario.counsel) await attempt({ ...best.scenario, counsel: false });
  }
  return { ...best, runs };
}

function sizeOf({ faults, acts, troubles }: Scenario): number {
  return (faults.kind === "exactly" ? faults.strikes.length : 0) + acts.length + troubles.length;
}

/** Leaves out halves, then quarters, down to single ones, as long as it still fails. */
async function fewer<T>(all: readonly T[], fails: (some: readonly T[]) => Promise<boolean>): Promise<void> {
  let kept = all;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < kept.length; ) {
      const some = [...kept.slice(0, at), ...kept.slice(at + size)];
      if (await fails(some)) kept = some;
      else at += size;
    }
  }
}

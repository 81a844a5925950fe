/** What ever happened, over many runs: a fault or an act that never did proves nothing. */
import { actKinds, leaseActKinds, renameActKinds, talkActKinds } from "./acts.ts";
import { mergings } from "./custody.ts";
import { faultPoints } from "./fault-points.ts";
import { refusals } from "./refusals.ts";
import type { Outcome } from "./run-seed.ts";

const everyAct = [...actKinds, ...leaseActKinds, ...renameActKinds, ...talkActKinds];

export interface Counts {
  readonly faults: Readonly<Record<string, number>>;
  readonly refused: Readonly<Record<string, number>>;
  readonly acts: Readonly<Record<string, number>>;
  readonly merging: Readonly<Record<string, number>>;
  readonly outcomes: Readonly<Record<string, number>>;
}

export function countsOf(outcome: Pick<Outcome, "struck" | "refused" | "acts" | "merging" | "outcomes">): Counts {
  return {
    faults: tally(outcome.struck.map(({ point }) => point)),
    refused: tally(outcome.refused),
    acts: tally(outcome.acts),
    merging: tally(outcome.merging),
    outcomes: tally(outcome.outcomes),
  };
}

export function addCounts(a: Counts, b: Counts): Counts {
  return {
    faults: add(a.faults, b.faults),
    refused: add(a.refused, b.refused),
    acts: add(a.acts, b.acts),
    merging: add(a.merging, b.merging),
    outcomes: add(a.outcomes, b.outcomes),
  };
}

export const noCounts: Counts = { faults: {}, refused: {}, acts: {}, merging: {}, outcomes: {} };

/** What never happened. */
export function missing({ faults, refused, acts, merging }: Counts): string[] {
  return [
    ...faultPoints.filter((point) => !faults[point]),
    ...refusals.filter((name) => !refused[name]),
    ...everyAct.filter((kind) => !acts[kind]),
    ...mergings.filter((what) => !merging[what]),
  ];
}

export function renderCounts(counts: Counts): string {
  const table = (title: string, from: Readonly<Record<string, number>>, names: readonly string[]) =>
    [title, ...names.map((name) => `  ${String(from[name] ?? 0).padStart(7)}  ${name}`)].join("\n");
  return [
    table("Faults that struck:", counts.faults, faultPoints),
    table("Runs in which GitHub refused by itself:", counts.refused, refusals),
    table("Runs in which somebody did it:", counts.acts, everyAct),
    table("Runs in which GitHub was to merge:", counts.merging, mergings),
    table("Incidents by their end:", counts.outcomes, Object.keys(counts.outcomes).sort()),
  ].join("\n");
}

function tally(names: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function add(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const sum = { ...a };
  for (const [name, count] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}

/** The whole backtest: finds what people took back, chooses moments, replays them. Reads git through what it is given. */
import type { Instant } from "../clock.ts";
import type { MinedCommit, MinedPatch } from "../gitops/mirror/mined-commit.ts";
import type { Revision } from "../gitops/mirror/mirror.ts";
import type { BacktestCase, BacktestResult } from "./backtest-case.ts";
import { chooseCases } from "./choose-cases.ts";
import type { FoundChanges } from "./found-change.ts";
import type { Between } from "./inverse.ts";
import { mineHistory, undoneWithinMs } from "./mine-history.ts";

/** The history in bulk. */
export interface History {
  commits(
    revision: Revision,
    window: { readonly since: Instant; readonly until?: Instant },
  ): Promise<readonly MinedCommit[]>;
  patches(commits: readonly Revision[]): Promise<ReadonlyMap<Revision, MinedPatch>>;
  readonly between: Between;
}

/** Replays one moment; undefined where there is nothing to replay. */
export type Replayer = (moment: BacktestCase) => Promise<BacktestResult | undefined>;

export interface BacktestInput {
  readonly history: History;
  readonly revision: Revision;
  readonly since: Instant;
  readonly until: Instant;
  /** Cases at most. */
  readonly limit: number;
  /** Each takes its own stretch of the history, one moment after the other. */
  readonly replayers: readonly Replayer[];
  /** Aborted: what is known so far is the result. */
  readonly signal: AbortSignal;
  readonly progress?: (done: number, of: number) => void;
}

export interface BacktestRun {
  readonly revision: Revision;
  readonly since: Instant;
  readonly until: Instant;
  readonly found: FoundChanges;
  /** Moments that were to be replayed. */
  readonly cases: number;
  readonly interrupted: boolean;
  /** In the order of the history. */
  readonly results: readonly BacktestResult[];
}

export async function runBacktest(input: BacktestInput): Promise<BacktestRun> {
  const { history, revision, since, until, limit, signal } = input;
  const commits = await history.commits(revision, { since: since - undoneWithinMs, until });
  const found = await mineHistory({
    commits,
    since,
    patches: (ids) => history.patches(ids),
    between: (before, after) => history.between(before, after),
  });
  const { rollbacks, actions } = found;
  const cases = chooseCases({ commits, rollbacks, actions, since, limit });
  const results = await replayAll(cases, input);
  return { revision, since, until, found, cases: cases.length, interrupted: signal.aborted, results };
}

async function replayAll(cases: readonly BacktestCase[], input: BacktestInput): Promise<readonly BacktestResult[]> {
  const { replayers, signal, progress } = input;
  const results: (BacktestResult | undefined)[] = new Array(cases.length);
  const stretch = Math.ceil(cases.length / Math.max(1, replayers.length));
  let done = 0;
  progress?.(done, cases.length);
  const work = replayers.map(async (replayer, index) => {
    for (let at = index * stretch; at < Math.min(cases.length, (index + 1) * stretch); at++) {
      const moment = cases[at];
      if (signal.aborted || moment === undefined) return;
      const result = await replayer(moment);
      // What interrupts us at a terminal ends our git children as well: that is no verdict.
      if (signal.aborted && result?.verdict === "failed") return;
      results[at] = result;
      progress?.(++done, cases.length);
    }
  });
  await Promise.all(work);
  return results.filter((result) => result !== undefined);
}

/**
 * The backtest of a repository that is asked for a policy. It runs beside everything else that Remit does, so it has a budget: the newest
 * commits only, a few moments, and so much time.
 */
import { renderReport } from "../backtest/render-report.ts";
import { replay } from "../backtest/replay.ts";
import { type BacktestRun, type History, runBacktest } from "../backtest/run-backtest.ts";
import { summarize } from "../backtest/summarize.ts";
import type { Clock } from "../clock.ts";
import type { MinedCommit } from "../gitops/mirror/mined-commit.ts";
import type { Mirror, Revision } from "../gitops/mirror/mirror.ts";
import { openMiner } from "../gitops/mirror/open-miner.ts";
import type { OwnPast } from "../remediation/onboarding/own-past.ts";
import { repositoryReader } from "../remediation/repository-reader.ts";

export interface PastBudget {
  readonly spanMs: number;
  readonly commits: number;
  /** Moments that are replayed, at most. */
  readonly moments: number;
  /** No moment is begun after it. */
  readonly timeMs: number;
}

const dayMs = 24 * 60 * 60_000;

export const pastBudget: PastBudget = { spanMs: 365 * dayMs, commits: 2_000, moments: 24, timeMs: 60_000 };

export interface PastInput {
  readonly mirror: Mirror;
  /** Of the mirror. */
  readonly directory: string;
  readonly revision: Revision;
  readonly clock: Clock;
  readonly budget?: PastBudget;
}

/** Throws RemitError git-failed where contents can't be had. */
export async function ownPast(input: PastInput): Promise<OwnPast> {
  const { mirror, directory, revision, clock, budget = pastBudget } = input;
  const started = clock.now();
  const time = new AbortController();
  const history = await boundedHistory(mirror, directory, budget);
  // One of its own: what it reads is of the past, and would push out what incidents need.
  const reader = repositoryReader(mirror);
  const run = await runBacktest({
    history,
    revision,
    since: started - budget.spanMs,
    until: started,
    limit: budget.moments,
    replayers: [(moment) => replay(reader, moment, clock)],
    signal: time.signal,
    progress: () => {
      if (clock.now() - started > budget.timeMs) time.abort();
    },
  });
  // Fewer commits than the span holds.
  const since = Math.max(run.since, history.oldest() ?? run.since);
  return inNumbers({ ...run, since }, mirror.repository);
}

function inNumbers(run: BacktestRun, name: string): OwnPast {
  const summary = summarize(run);
  const { cases, exact, part, near, wrong, abstained, failed } = summary.rollbacks.all;
  const { moments, kept } = summary.quiet;
  return {
    since: run.since,
    commits: run.found.commits,
    found: run.found.rollbacks.length,
    replayed: cases,
    ...{ exact, part, near, wrong, abstained, failed },
    quiet: { moments, kept },
    cut: run.interrupted,
    report: run.results.length === 0 ? undefined : renderReport(run, summary, { name, address: undefined }),
  };
}

/** A commit that touches more is nothing that somebody took back in a hurry. */
const widest = 50;

/** The mirror is a partial clone, and git's log fetches nothing by itself: the contents are brought first, all in one go. */
async function boundedHistory(
  mirror: Mirror,
  directory: string,
  { commits: limit }: PastBudget,
): Promise<History & { oldest(): number | undefined }> {
  const miner = await openMiner(directory);
  const known = new Map<Revision, MinedCommit>();
  let oldest: number | undefined;
  return {
    oldest: () => oldest,
    async commits(revision, window) {
      const commits = await miner.commits(revision, { ...window, limit });
      for (const commit of commits) known.set(commit.id, commit);
      oldest = commits.at(-1)?.committedAt;
      return commits;
    },
    async patches(ids) {
      const wanted = ids.flatMap((id) => known.get(id) ?? []).filter(({ files }) => files.length <= widest);
      await mirror.readEach(wanted.flatMap(sides));
      return miner.patches(wanted.map(({ id }) => id));
    },
    between: (before, after) => miner.between(before, after),
  };
}

function sides({ id, parents: [parent], files }: MinedCommit) {
  const paths = files.map(({ path }) => path);
  const maxBytes = 1024 * 1024;
  return [id, ...(parent === undefined ? [] : [parent])].map((revision) => ({ revision, paths, maxBytes }));
}

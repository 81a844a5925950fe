/** What Remit's commits took back, and who took back what they did: by content alone, whatever messages say. */
import { type Change, inverse } from "../backtest/inverse.ts";
import { undoneWithinMs } from "../backtest/mine-history.ts";
import type { History } from "../backtest/run-backtest.ts";
import { isAutomated } from "../gitops/history/is-automated.ts";
import type { MinedCommit } from "../gitops/mirror/mined-commit.ts";
import type { Revision } from "../gitops/mirror/mirror.ts";

export interface Opposites {
  readonly commits: ReadonlyMap<Revision, MinedCommit>;
  /** By Remit's commit: the change that it took back. */
  readonly culprits: ReadonlyMap<Revision, MinedCommit>;
  /** By Remit's commit: the first commit by a person, within a day, that took back all or a part of it. */
  readonly reversals: ReadonlyMap<Revision, MinedCommit>;
}

const reversedWithinMs = 24 * 60 * 60_000;
/** Neighbours that are compared line by line, the nearest first: a file that everybody writes has hundreds. */
const comparisons = 20;

export async function findOpposites(
  commits: readonly MinedCommit[],
  ours: ReadonlySet<Revision>,
  history: Pick<History, "patches" | "between">,
): Promise<Opposites> {
  const byPath = placesByPath(commits);
  const fixes = placed(commits)
    .filter(({ commit }) => ours.has(commit.id))
    .map((fix) => neighboursOf(fix, byPath, ours));
  const looked = fixes.flatMap(({ fix, before, after }) => [fix, ...before, ...after]);
  const patches = await history.patches([...new Set(looked.map(({ id }) => id))]);
  const changeOf = (commit: MinedCommit): Change => ({ commit, hunks: patches.get(commit.id)?.hunks ?? [] });
  const between: History["between"] = (a, b) => history.between(a, b);
  const culprits = new Map<Revision, MinedCommit>();
  const reversals = new Map<Revision, MinedCommit>();
  for (const { fix, before, after } of fixes) {
    const own = changeOf(fix);
    const culprit = await first(before, (each) => inverse(own, changeOf(each), between));
    if (culprit !== undefined) culprits.set(fix.id, culprit);
    const reversal = await first(after, (each) => inverse(changeOf(each), own, between));
    if (reversal !== undefined) reversals.set(fix.id, reversal);
  }
  return { commits: new Map(commits.map((commit) => [commit.id, commit])), culprits, reversals };
}

interface Placed {
  readonly commit: MinedCommit;
  /** In the list: smaller is newer. Dates may be equal, and wrong. */
  readonly at: number;
}

function placed(commits: readonly MinedCommit[]): readonly Placed[] {
  return commits.map((commit, at) => ({ commit, at }));
}

function placesByPath(commits: readonly MinedCommit[]): ReadonlyMap<string, readonly Placed[]> {
  const result = new Map<string, Placed[]>();
  for (const each of placed(commits)) {
    for (const { path } of each.commit.files) {
      const list = result.get(path);
      if (list === undefined) result.set(path, [each]);
      else list.push(each);
    }
  }
  return result;
}

/** Others' commits to the same files, the nearest first. */
function neighboursOf(
  { commit: fix, at }: Placed,
  byPath: ReadonlyMap<string, readonly Placed[]>,
  ours: ReadonlySet<Revision>,
) {
  const touching = new Map(
    fix.files.flatMap(({ path }) => byPath.get(path) ?? []).map((each) => [each.at, each.commit]),
  );
  const others = [...touching].filter(([, { id, parents }]) => !ours.has(id) && parents.length > 0);
  const nearest = (wanted: (place: number, later: number) => boolean) =>
    others
      .filter(([place, { committedAt }]) => wanted(place, committedAt - fix.committedAt))
      .sort(([a], [b]) => Math.abs(a - at) - Math.abs(b - at))
      .slice(0, comparisons)
      .map(([, commit]) => commit);
  return {
    fix,
    before: nearest((place, later) => place > at && -later <= undoneWithinMs),
    after: nearest((place, later) => place < at && later <= reversedWithinMs).filter(
      ({ author }) => !isAutomated(author),
    ),
  };
}

async function first(
  list: readonly MinedCommit[],
  isInverse: (each: MinedCommit) => Promise<unknown>,
): Promise<MinedCommit | undefined> {
  for (const each of list) if ((await isInverse(each)) !== undefined) return each;
  return undefined;
}

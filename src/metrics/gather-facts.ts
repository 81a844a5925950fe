/** Reads the facts out of the history: who came when, which commits are Remit's, and what took back what. */
import type { FoundRollback } from "../backtest/found-change.ts";
import { isConfiguration } from "../backtest/is-configuration.ts";
import { mineHistory, undoneWithinMs } from "../backtest/mine-history.ts";
import type { History } from "../backtest/run-backtest.ts";
import type { Instant } from "../clock.ts";
import type { MinedCommit } from "../gitops/mirror/mined-commit.ts";
import type { Revision } from "../gitops/mirror/mirror.ts";
import type { RemediationRecord } from "../ledger/remediation-record.ts";
import type { Change, Facts, Remediation, Restore } from "./facts.ts";
import { findOpposites, type Opposites } from "./find-opposites.ts";
import { headsOf, recordsOf } from "./remit-commits.ts";

export interface MetricsHistory extends History {
  /** These commits, with what they changed against their first parents. */
  each(commits: readonly Revision[]): Promise<readonly MinedCommit[]>;
}

export interface GatherInput {
  readonly history: MetricsHistory;
  readonly revision: Revision;
  readonly since: Instant;
  readonly until: Instant;
}

/** Throws RemitError git-failed. */
export async function gatherFacts({ history, revision, since, until }: GatherInput): Promise<Facts> {
  const from = since - undoneWithinMs;
  const commits = await history.commits(revision, { since: from, until });
  const heads = await headsOf(commits, history);
  const records = recordsOf(commits, heads);
  const { rollbacks } = await mineHistory({
    commits,
    since: from,
    patches: (ids) => history.patches(ids),
    between: (before, after) => history.between(before, after),
  });
  const byPeople = rollbacks.filter(({ commit }) => !records.has(commit.id));
  const opposites = await findOpposites(commits, new Set(records.keys()), history);
  const restoring = new Set(
    [...byPeople.map(({ commit }) => commit), ...opposites.reversals.values()].map(({ id }) => id),
  );
  const changes = commits.filter(
    ({ id, parents, files }) =>
      parents.length > 0 && !records.has(id) && !restoring.has(id) && files.some(({ path }) => isConfiguration(path)),
  );
  return {
    since,
    until,
    remediations: commits.flatMap((commit) => {
      const record = records.get(commit.id);
      return record === undefined ? [] : [remediationOf(commit, record, heads.get(commit.id), opposites)];
    }),
    changes: changes.map((commit) => changeOf(commit, heads.get(commit.id))),
    restores: restoresOf(changes, byPeople, { ...opposites, culprits: takenBack(opposites, records) }),
  };
}

function remediationOf(
  commit: MinedCommit,
  { incident, target, action, tier, detectedAt, lease, change }: RemediationRecord,
  head: MinedCommit | undefined,
  { culprits, reversals }: Opposites,
): Remediation {
  const proposedAt = writtenAt(commit, head);
  const mergedAt = commit.committedAt;
  const times = { detectedAt, proposedAt, mergedAt };
  const culpritAt = culprits.get(commit.id)?.committedAt;
  const reversedAt = reversals.get(commit.id)?.committedAt;
  return { commit: commit.id, incident, target, action, tier, ...times, lease, change, culpritAt, reversedAt };
}

function changeOf(commit: MinedCommit, head: MinedCommit | undefined): Change {
  return { commit: commit.id, arrivedAt: commit.committedAt, authoredAt: writtenAt(commit, head) };
}

/** A squash writes a new commit with the time of the merge as its author's: then nothing is left of the time before. */
function writtenAt({ authoredAt, committedAt }: MinedCommit, head: MinedCommit | undefined): Instant | undefined {
  if (head !== undefined) return head.authoredAt;
  return authoredAt < committedAt ? authoredAt : undefined;
}

/** What Remit undoes of its own is nobody's change. */
function takenBack({ culprits }: Opposites, records: ReadonlyMap<Revision, RemediationRecord>) {
  return new Map([...culprits].filter(([id]) => records.get(id)?.action !== "undo"));
}

/** Of several that took the same change back, the first. */
function restoresOf(
  changes: readonly MinedCommit[],
  byPeople: readonly FoundRollback[],
  { culprits, commits }: Opposites,
): readonly Restore[] {
  const known = new Set(changes.map(({ id }) => id));
  const all: Restore[] = [
    ...byPeople.map(({ commit, culprit }) => restoreOf(culprit, commit, "people")),
    ...[...culprits].flatMap(([id, culprit]) => {
      const commit = commits.get(id);
      return commit === undefined ? [] : [restoreOf(culprit, commit, "remit")];
    }),
  ];
  const first = new Map<Revision, Restore>();
  for (const restore of all.sort((a, b) => a.restoredAt - b.restoredAt))
    if (known.has(restore.change) && !first.has(restore.change)) first.set(restore.change, restore);
  return [...first.values()];
}

function restoreOf(culprit: MinedCommit, commit: MinedCommit, by: Restore["by"]): Restore {
  return { change: culprit.id, changedAt: culprit.committedAt, restoredAt: commit.committedAt, by };
}

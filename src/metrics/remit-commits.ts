/** Which commits of the base branch are Remit's, by their trailers. */
import type { MinedCommit } from "../gitops/mirror/mined-commit.ts";
import type { Revision } from "../gitops/mirror/mirror.ts";
import type { RemediationRecord } from "../ledger/remediation-record.ts";
import { remediationRecords } from "../ledger/remediation-records.ts";
import type { MetricsHistory } from "./gather-facts.ts";

/** What each merge brought in: the newest commit of its branch. */
export async function headsOf(
  commits: readonly MinedCommit[],
  history: Pick<MetricsHistory, "each">,
): Promise<ReadonlyMap<Revision, MinedCommit>> {
  const merges = commits.flatMap(({ id, parents: [, head] }) => (head === undefined ? [] : [{ id, head }]));
  const found = new Map((await history.each(merges.map(({ head }) => head))).map((commit) => [commit.id, commit]));
  return new Map(
    merges.flatMap(({ id, head }) => {
      const commit = found.get(head);
      return commit === undefined ? [] : [[id, commit] as const];
    }),
  );
}

/** A merge by Remit says itself what it is; of a merge by a person, the commit that it brought in does. */
export function recordsOf(
  commits: readonly MinedCommit[],
  heads: ReadonlyMap<Revision, MinedCommit>,
): ReadonlyMap<Revision, RemediationRecord> {
  const records = new Map<Revision, RemediationRecord>();
  for (const commit of commits) {
    const sources = [commit, heads.get(commit.id)].filter((each) => each !== undefined);
    const [record] = remediationRecords(sources, () => true);
    if (record !== undefined) records.set(commit.id, record);
  }
  return records;
}

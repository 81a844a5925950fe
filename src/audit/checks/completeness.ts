import type { Revision } from "../../gitops/mirror/mirror.ts";
import { remediationRecords } from "../../ledger/remediation-records.ts";
import { headsOf, recordsOf } from "../../metrics/remit-commits.ts";
import type { Audit } from "../audit.ts";
import type { Check } from "../check.ts";
import type { Examination } from "../examination.ts";
import { readable } from "../ledger.ts";
import { type RecordedMerge, recordedMerges } from "../recorded-merges.ts";

/** What came to the branch before the ledger began is nobody's to record. */
export const completeness: Check = {
  name: "completeness",
  title:
    "each commit with Remit's trailers on the base branch has exactly one record, and each recorded merge is there",
  async run(audit, seen) {
    const { base } = audit;
    if (base === undefined) return seen.skip("the clone has no base branch");
    const merges = Map.groupBy(recordedMerges(audit.ledger), ({ commit }) => commit);
    for (const [commit, records] of merges) await lookAtMerge(audit, base, commit, records, seen);
    let exempt = 0;
    for (const [commit, candidate] of await ownCommits(audit, base)) {
      if (merges.has(commit)) seen.look(otherCandidate(commit, candidate, merges.get(commit) ?? []));
      else if (await isEarlier(audit, commit)) exempt++;
      else
        seen.look({ message: `it says that Remit made it (candidate ${candidate}), and no record names it`, commit });
    }
    if (exempt > 0) seen.note(`commits by Remit from before the first record, which aren't looked for: ${exempt}`);
  },
};

async function lookAtMerge(
  { reader: { mirror } }: Audit,
  base: Revision,
  commit: Revision,
  [first, ...others]: readonly RecordedMerge[],
  seen: Examination,
): Promise<void> {
  if (first === undefined) return;
  const isThere = await mirror.isAncestor(commit, base);
  seen.record(first.stored, isThere ? undefined : `it says that ${commit} was merged, which isn't on the base branch`);
  for (const { stored } of others)
    seen.record(stored, `record ${first.stored.sequence} names the same merge ${commit}`);
}

/** The trailers are what limits are counted from. */
function otherCandidate(commit: Revision, candidate: string, [merge]: readonly RecordedMerge[]) {
  const recorded = merge?.change?.candidate;
  if (merge === undefined || recorded === undefined || recorded === candidate) return undefined;
  const { sequence, path } = merge.stored;
  return { message: `its trailers name candidate ${candidate}, and the record ${recorded}`, sequence, path, commit };
}

const day = 24 * 60 * 60_000;

/** Candidates by commit. Of the whole branch by their own trailers, of the ledger's time by those of what they brought in, too. */
async function ownCommits(
  { reader: { mirror }, history, ledger }: Audit,
  base: Revision,
): Promise<ReadonlyMap<Revision, string>> {
  const said = await mirror.log(base, { containing: "Remit-Candidate", files: false });
  const own = remediationRecords(said, () => true).map(({ commit, candidate }) => [commit, candidate] as const);
  const [first] = readable(ledger);
  const since = first === undefined ? 0 : Date.parse(first.record.time) - day;
  const commits = await history.commits(base, { since: Math.max(0, since) });
  const brought = recordsOf(commits, await headsOf(commits, history));
  return new Map([...own, ...[...brought].map(([commit, { candidate }]) => [commit, candidate] as const)]);
}

/** By its place on the branch: a commit may carry any date. */
async function isEarlier({ ledger, reader: { mirror } }: Audit, commit: Revision): Promise<boolean> {
  const base = readable(ledger).find(({ record }) => record.decision !== undefined)?.record.decision?.base;
  return base !== undefined && (await mirror.isAncestor(commit, base));
}

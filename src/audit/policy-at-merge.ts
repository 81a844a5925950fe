/** The policy that was in force when something was merged, and the target that it was about. */
import type { Authority } from "../authority/authority.ts";
import type { Revision } from "../gitops/mirror/mirror.ts";
import type { RemediationRecord } from "../ledger/remediation-record.ts";
import { remediationRecords } from "../ledger/remediation-records.ts";
import { targetNamed } from "../remediation/standing-leases.ts";
import { type Target, targetName } from "../target.ts";
import type { Audit } from "./audit.ts";
import { commitsOf } from "./commits-of.ts";
import type { RecordedMerge } from "./recorded-merges.ts";

export interface MergeInForce {
  readonly merge: RecordedMerge;
  readonly mergedAt: number;
  readonly base: Revision;
  /** undefined where none was in force. */
  readonly authority: Authority | undefined;
  readonly target: Target;
}

/** The merges that the clone has, oldest first. `missing`: how many it doesn't. */
export async function mergesInForce(
  audit: Audit,
  merges: readonly RecordedMerge[],
): Promise<{ readonly found: readonly MergeInForce[]; readonly missing: number }> {
  const commits = await commitsOf(
    audit,
    merges.map(({ commit }) => commit),
  );
  const found: MergeInForce[] = [];
  for (const merge of merges) {
    const commit = commits.get(merge.commit);
    const base = merge.decision?.base;
    if (commit === undefined || base === undefined || !(await audit.reader.mirror.has(base))) continue;
    const state = await audit.reader.authority(base);
    const [said] = remediationRecords([commit], () => true);
    found.push({
      merge,
      mergedAt: commit.committedAt,
      base,
      authority: state.kind === "present" ? state.authority : undefined,
      target: await targetOf(audit, merge, base, said),
    });
  }
  return { found: found.toSorted((a, b) => a.mergedAt - b.mergedAt), missing: merges.length - found.length };
}

/** An alert may name less than what was changed: then the commit's trailer tells. */
async function targetOf(
  { reader }: Audit,
  { stored }: RecordedMerge,
  base: Revision,
  said: RemediationRecord | undefined,
): Promise<Target> {
  const { service = said?.target ?? "", environment, namespace } = stored.record.incident ?? {};
  const told = { service, environment, namespace };
  if (said === undefined || said.target === targetName(told)) return told;
  return (await targetNamed(reader, base, said.target)) ?? told;
}

/** The changes that came to the base branch, each with everything that the ledger tells of it. */
import type { Instant } from "../clock.ts";
import type { Revision } from "../gitops/mirror/mirror.ts";
import type { RecordedApproval, RecordedResult } from "../ledger/ledger-record.ts";
import { changeKey } from "../ledger/merges-among.ts";
import type { Audit } from "./audit.ts";
import { commitsOf } from "./commits-of.ts";
import { type ReadRecord, readable } from "./ledger.ts";
import { type RecordedMerge, recordedMerges } from "./recorded-merges.ts";

export interface AuditedChange {
  /** `000000042`: the number of the record that tells of the merge. */
  readonly id: string;
  readonly merge: RecordedMerge;
  /** By git; by the record where the clone doesn't have the commit. */
  readonly mergedAt: Instant;
  /** The merge's first parent; undefined where the clone doesn't have the commit. */
  readonly parent: Revision | undefined;
  /** Of this change, in their order. */
  readonly own: readonly ReadRecord[];
  /** Of its incident. */
  readonly records: readonly ReadRecord[];
  readonly announcedAt: Instant | undefined;
  readonly deliveredAt: Instant | undefined;
  readonly verifiedAt: Instant | undefined;
  /** `recovered`, `failing` … */
  readonly outcome: string | undefined;
  readonly approvals: readonly RecordedApproval[];
  readonly pull: number | undefined;
}

export async function auditedChanges(audit: Pick<Audit, "ledger" | "reader" | "history">): Promise<AuditedChange[]> {
  const merges = recordedMerges(audit.ledger);
  const commits = await commitsOf(
    audit,
    merges.map(({ commit }) => commit),
  );
  const all = readable(audit.ledger);
  const byIncident = Map.groupBy(all, ({ record }) => record.incident?.id);
  return merges.map((merge) => {
    const { record } = merge.stored;
    const commit = commits.get(merge.commit);
    const records = record.incident === undefined ? [merge.stored] : (byIncident.get(record.incident.id) ?? []);
    const key = changeKey(merge.stored);
    const own = records.filter((stored) => changeKey(stored) === key);
    const result: RecordedResult = { ...merge.announced?.record.result, ...record.result };
    const told = (kind: string) => own.find((each) => each.record.kind === kind && each.record.phase === "result");
    return {
      id: String(merge.stored.sequence).padStart(9, "0"),
      merge,
      mergedAt: commit?.committedAt ?? Date.parse(record.time),
      parent: commit?.parents[0],
      own,
      records,
      announcedAt: timeOf(merge.intents[0]),
      deliveredAt: timeOf(told("delivered")),
      verifiedAt: timeOf(told("verified")),
      outcome: told("verified")?.record.result?.outcome,
      approvals: result.approvals ?? [],
      pull: result.pull,
    };
  });
}

function timeOf(stored: ReadRecord | undefined): Instant | undefined {
  return stored === undefined ? undefined : Date.parse(stored.record.time);
}

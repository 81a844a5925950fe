/** What git tells of the past, without words: all that numbers are counted from. */
import type { Instant } from "../clock.ts";
import type { Revision } from "../gitops/mirror/mirror.ts";
import type { RemediationRecord } from "../ledger/remediation-record.ts";
import type { Told } from "./told/told.ts";

export interface Facts {
  /** What came to the default branch at or after this, and before `until`, is counted. Facts of before are there to compare with. */
  readonly since: Instant;
  readonly until: Instant;
  readonly remediations: readonly Remediation[];
  readonly changes: readonly Change[];
  /** Changes that somebody took back; one for each of them. */
  readonly restores: readonly Restore[];
  /** What the ledger tells; undefined where the repository has none. */
  readonly told?: Told | undefined;
}

/** A commit of Remit's on the default branch. */
export interface Remediation {
  readonly commit: Revision;
  readonly incident: string;
  readonly target: string;
  readonly action: string;
  readonly tier: string;
  readonly detectedAt: Instant | undefined;
  /** When the commit was made that was merged; undefined where the merge made another one, as a squash does. */
  readonly proposedAt: Instant | undefined;
  readonly mergedAt: Instant;
  readonly lease: RemediationRecord["lease"];
  readonly change: RemediationRecord["change"];
  /** When the change came that this one took back exactly. */
  readonly culpritAt: Instant | undefined;
  /** When a person took this one back, all or a part of it, within a day. */
  readonly reversedAt: Instant | undefined;
}

/** A commit that changes configuration, and that neither is Remit's nor takes anything back. */
export interface Change {
  readonly commit: Revision;
  readonly arrivedAt: Instant;
  /** When its newest commit was written; undefined where the merge made another one. */
  readonly authoredAt: Instant | undefined;
}

export interface Restore {
  /** The change that was taken back, and what took it back first. */
  readonly change: Revision;
  readonly changedAt: Instant;
  readonly restoredAt: Instant;
  readonly by: "remit" | "people";
}

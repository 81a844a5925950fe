/** The ledger as a clone holds it: every file at the branch's tip, and every commit that led there. Nothing of it is believed yet. */
import type { Instant } from "../clock.ts";
import type { MinedCommit } from "../gitops/mirror/mined-commit.ts";
import type { Revision, TreeEntry } from "../gitops/mirror/mirror.ts";
import type { LedgerRecord } from "../ledger/ledger-record.ts";

export interface Ledger {
  readonly tip: Revision;
  /** First-parent, oldest first. */
  readonly commits: readonly MinedCommit[];
  /** By the numbers in their names. */
  readonly records: readonly StoredRecord[];
  /** Files at the tip whose names aren't those of records. */
  readonly others: readonly TreeEntry[];
}

/** A file of the ledger. */
export interface StoredRecord {
  /** As its name says it. */
  readonly sequence: number;
  readonly path: string;
  /** SHA-256 of its bytes. */
  readonly hash: string;
  /** undefined where it can't be read: then `why` says it. */
  readonly record: LedgerRecord | undefined;
  readonly why: string | undefined;
  /** Are its bytes the only ones that say this? */
  readonly canonical: boolean;
  /** undefined where they aren't what they can be: no record, or no canonical one. */
  readonly digests: ContentDigests | undefined;
  /** The commit that brought it; undefined where none on the first-parent line did. */
  readonly commit: Revision | undefined;
  /** When that was committed, by git. */
  readonly committedAt: Instant | undefined;
}

/** What the record's own digests have to be. */
export interface ContentDigests {
  readonly id: string;
  readonly inputs: string;
  readonly diff: string;
}

/** One that can be read. */
export interface ReadRecord extends StoredRecord {
  readonly record: LedgerRecord;
}

export function readable({ records }: Pick<Ledger, "records">): readonly ReadRecord[] {
  return records.filter((stored): stored is ReadRecord => stored.record !== undefined);
}

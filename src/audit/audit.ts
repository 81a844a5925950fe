/** What the checks look at: the ledger, the branch that it speaks of, and the moment. */
import type { Instant } from "../clock.ts";
import type { MinedCommit } from "../gitops/mirror/mined-commit.ts";
import type { Revision } from "../gitops/mirror/mirror.ts";
import type { RepositoryReader } from "../remediation/repository-reader.ts";
import type { Ledger } from "./ledger.ts";

export interface Audit {
  readonly ledger: Ledger;
  /** A tip of the ledger that somebody noted earlier. */
  readonly notedTip: Revision | undefined;
  /** undefined where the clone has no such branch: what needs it is skipped. */
  readonly base: Revision | undefined;
  readonly reader: RepositoryReader;
  readonly history: AuditHistory;
  /** Of Remit as it runs now. */
  readonly software: string;
  readonly now: Instant;
}

export interface AuditHistory {
  /** First-parent commits since then, newest first. */
  commits(revision: Revision, window: { readonly since: Instant }): Promise<readonly MinedCommit[]>;
  /** These commits, with what they changed against their first parents. */
  each(commits: readonly Revision[]): Promise<readonly MinedCommit[]>;
}

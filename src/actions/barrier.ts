/** A value or commit that no rollback may go back to or cross, such as the fix of a vulnerability. Set by the owners' policy. */
export interface Barrier {
  /** Services that it holds for; empty means all. */
  readonly services: readonly string[];
  /** Values that are never restored. */
  readonly values: readonly string[];
  /** Commits that are never taken back (full or at least 12 hex digits). */
  readonly commits: readonly string[];
  readonly reason: string;
}

/** Why something was decided. Codes are a closed union, so that tests, metrics and people can count on them. */

export type ReasonCode =
  // target resolution
  | "target-not-found"
  | "target-ambiguous"
  | "labels-insufficient"
  | "target-narrowed"
  // diagnosis
  | "no-recent-change"
  | "several-suspects"
  | "suspect-found"
  | "change-after-alert"
  // rollback
  | "value-drifted"
  | "target-value-barred"
  | "touches-migration"
  | "no-healthy-value"
  | "healthy-recorded"
  | "stood-long-enough"
  | "stood-too-briefly"
  | "change-in-step"
  | "change-split"
  | "already-restored"
  | "flip-flop"
  | "automated-writer"
  | "competing-writer"
  | "shadowed-field"
  | "config-in-step"
  | "shared-field"
  | "replicas-fall"
  // edit
  | "edit-alias"
  | "edit-block-scalar"
  | "edit-template"
  | "edit-duplicate-key"
  | "edit-not-found"
  | "edit-not-scalar"
  | "edit-parse-error"
  | "edit-not-proved"
  | "edit-type-changed"
  | "edit-unsupported"
  | "file-not-regular"
  | "path-denied"
  | "file-too-large"
  // authority
  | "grant"
  | "no-grant"
  | "policy-missing"
  | "policy-invalid"
  | "cooldown"
  | "attempts-exhausted"
  | "limits-unreadable"
  | "stop-file"
  | "stop-issue"
  | "stop-environment"
  | "change-too-large"
  | "evidence-stale"
  | "evidence-weak"
  | "within-limits"
  | "diff-differs"
  | "model-none"
  | "approval-missing"
  | "approved"
  // remediation
  | "head-moved"
  | "foreign-commit"
  | "closed-by-person"
  | "checks-pending"
  | "checks-failed"
  | "merge-blocked"
  | "delivery-pending"
  | "delivery-failed"
  | "undelivered"
  | "recovered"
  | "still-failing"
  | "recovery-unknown"
  | "resolved-before-merge";

export interface Reason {
  readonly code: ReasonCode;
  /** One sentence for people. May hold names from the repository; never text from a payload. */
  readonly message: string;
}

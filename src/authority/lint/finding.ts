/** What `remit lint` finds: a rule that can be read, and doesn't do what whoever wrote it expects. */

/** Every code is documented in docs/lint.md. */
export const lintCodes = [
  "policy-invalid",
  "name-unknown",
  "grant-matches-nothing",
  "grant-shadowed",
  "grant-capped",
  "window-never-opens",
  "window-never-closes",
  "window-matches-nothing",
  "limit-never-binds",
  "runbook-never-triggers",
  "pin-never-holds",
] as const;

export type LintCode = (typeof lintCodes)[number];

/** `error`: the rule has no effect, or another one than its words say. `warning`: it is idle, or may be on purpose. */
export type Severity = "error" | "warning";

export interface Finding {
  readonly code: LintCode;
  readonly severity: Severity;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based. */
  readonly column: number;
  /** What was found. Names in it are those of the policy and of the repository. */
  readonly what: string;
  readonly why: string;
  readonly mend: string;
}

/** A finding before its place is known: where in the document it is, as keys and indices from the root. */
export interface Found extends Omit<Finding, "file" | "line" | "column"> {
  readonly path: readonly (string | number)[];
}

/** What a check is, and what it says. To add one: a file in checks/, a line in checks.ts, a row in docs/audit.md, a test that fails without it. */
import type { Revision } from "../gitops/mirror/mirror.ts";
import type { Audit } from "./audit.ts";
import type { Examination } from "./examination.ts";

export const checkNames = [
  "chain",
  "gaps",
  "canonical-form",
  "adds-only",
  "linear",
  "intent-first",
  "merged-as-recorded",
  "allowed-paths",
  "completeness",
  "policy-bytes",
  "policy-versions",
  "re-executed",
  "limits",
  "freeze-and-stop",
  "approvals",
  "times",
  "incidents-ended",
] as const;
export type CheckName = (typeof checkNames)[number];

export interface Check {
  readonly name: CheckName;
  /** What holds where it passes: `each record names the digest of the one before`. */
  readonly title: string;
  /** Tells `seen` about each thing that it looks at. */
  run(audit: Audit, seen: Examination): void | Promise<void>;
}

/** Something that isn't as it must be. */
export interface Finding {
  /** A sentence without its end. May hold what strangers wrote. */
  readonly message: string;
  readonly sequence?: number;
  readonly path?: string;
  readonly commit?: Revision;
}

/** Of what couldn't be looked at: how many, and why. */
export interface Skip {
  readonly why: string;
  readonly count: number;
}

export interface CheckResult {
  readonly name: CheckName;
  readonly title: string;
  /** `skipped`: there was something to look at, and none of it could be. `not-applicable`: there was nothing. */
  readonly outcome: "ok" | "failed" | "skipped" | "not-applicable";
  /** How many things it looked at. */
  readonly checked: number;
  /** The first ones. */
  readonly findings: readonly Finding[];
  /** How many there are. */
  readonly found: number;
  readonly skipped: readonly Skip[];
  /** What a reader should know all the same. */
  readonly notes: readonly string[];
}

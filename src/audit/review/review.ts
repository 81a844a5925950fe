/** A month of Remit in numbers and rows, as whoever owns the workflow reads it in five minutes. */
import type { Instant } from "../../clock.ts";
import type { CheckResult } from "../check.ts";

export interface Review {
  /** `2026-11` */
  readonly month: string;
  readonly from: Instant;
  /** The end is outside. */
  readonly to: Instant;
  /** That anything was recorded of. */
  readonly incidents: number;
  readonly did: readonly DoneChange[];
  readonly didNot: readonly NotDone[];
  readonly trust: readonly Trust[];
  readonly open: readonly OpenIncident[];
  /** undefined: nobody looked. */
  readonly checks: readonly ReviewedCheck[] | undefined;
}

export type ReviewedCheck = Pick<CheckResult, "name" | "outcome" | "found" | "skipped">;

export interface DoneChange {
  readonly id: string;
  readonly at: Instant;
  readonly target: string;
  readonly action: string;
  readonly kind: "fix" | "undo";
  /** Without a person, after approvals, or by a person. */
  readonly how: "alone" | "approved" | "person";
  /** Logins. */
  readonly people: readonly string[];
  /** `recovered`, `failing` …; undefined: nothing is recorded. */
  readonly outcome: string | undefined;
  readonly pull: number | undefined;
}

/** Why less was done than could have been. */
export interface NotDone {
  readonly code: string;
  /** One of what was said. */
  readonly message: string;
  /** Incidents in which nothing was written. */
  readonly nothing: number;
  /** Incidents in which a person was asked. */
  readonly asked: number;
  readonly targets: readonly string[];
}

/** How it went with one action by one runbook. */
export interface Trust {
  readonly runbook: string;
  readonly action: string;
  /** Changes that were begun. */
  readonly begun: number;
  readonly alone: number;
  /** Merged by people, or after their approval, as they were. */
  readonly approved: number;
  readonly rejected: number;
  readonly recovered: number;
  readonly undone: number;
  /** The same target was changed again within seven days for another incident. */
  readonly repeated: number;
  readonly could: "more" | "less" | "as it is";
}

export interface OpenIncident {
  readonly id: string;
  readonly target: string;
  /** When the last record was made. */
  readonly since: Instant;
  /** A person was called. */
  readonly called: boolean;
}

/** What an incident may lead to, parsed from `.github/remit/runbooks/*.yaml` on the base branch. */
import type { ActionName } from "../../actions/candidate.ts";
import type { Condition } from "../conditions/condition.ts";
import type { IncidentClass } from "../incident-class.ts";
import type { PolicyMistake } from "../policy-mistake.ts";

export interface Runbook {
  readonly name: string;
  readonly on: {
    /** Exact `alertname`s, or `*` alone for any. Empty: no alert starts it. */
    readonly alerts: readonly string[];
    /** States of a GitHub deployment. Empty: none starts it. */
    readonly deploymentStatus: readonly ("failure" | "error")[];
  };
  readonly class: IncidentClass;
  /** All must hold, or a person acts. */
  readonly when: readonly Condition[];
  readonly evidence: {
    /** Configured sources whose alerts fire. */
    readonly sources: number;
    /** Whole percent. */
    readonly confidence: number;
    readonly maxAgeMs: number;
  };
  /** In order of preference. */
  readonly steps: readonly RunbookStep[];
  /** undefined: what remit.yaml says. */
  readonly verify: { readonly withinMs: number | undefined; readonly consecutive: number | undefined };
  readonly escalate: {
    /** Logins and `organization/team`s. */
    readonly to: readonly string[];
    /** undefined: nobody is called a second time. */
    readonly again?: EscalateAgain | undefined;
  };
}

/** When nobody reacts to a call. */
export interface EscalateAgain {
  /** Time from each call to the next. */
  readonly afterMs: number;
  /** Calls beyond the first. */
  readonly times: number;
  /** Logins and `organization/team`s. */
  readonly to: readonly string[];
}

export interface RunbookStep {
  readonly action: ActionName;
  /** Of a rollback: how long whoever else writes the image is held to it. undefined: they aren't. */
  readonly pinMs?: number | undefined;
}

/** The runbooks as they were found at one revision. */
export type RunbookState =
  | { readonly kind: "present"; readonly runbooks: readonly Runbook[] }
  | { readonly kind: "invalid"; readonly mistakes: readonly PolicyMistake[] };

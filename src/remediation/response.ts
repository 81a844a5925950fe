/** What Remit decided and did about one incident. Durable, rebuilt step by step; facts about GitHub are re-read, not trusted from here. */
import type { Candidate } from "../actions/candidate.ts";
import type { EscalateAgain } from "../authority/runbooks/runbook.ts";
import type { Verdict } from "../authority/verdict.ts";
import type { Instant } from "../clock.ts";
import type { Suspect } from "../diagnosis/diagnosis.ts";
import type { Reason } from "../reason.ts";
import type { Asked } from "./comments/asked.ts";
import type { Opinion } from "./counsel.ts";
import type { RepositoryView } from "./forge.ts";
import type { Basis } from "./recording/basis.ts";

export interface Response {
  /** Newest plan; undefined before the first look. */
  readonly plan: Plan | undefined;
  /** What was, or is being, written to git: the fix, then perhaps its undo. Never more than two. */
  readonly remediations: readonly Remediation[];
  readonly issueNumber: number | undefined;
  /** `plan.at` of the plan that the issue tells people about. */
  readonly toldAt: Instant | undefined;
  /** What GitHub last said, for writes that need only identities. Never decided from. */
  readonly lastView: RepositoryView | undefined;
  readonly timeline: readonly TimelineEntry[];
  /** GitHub API requests spent on it so far (REST and GraphQL, tokens included; git transport not). */
  readonly requests: number;
  /** Set when a look found this machine's clock wrong; stays. */
  readonly clock?: ClockTrouble;
  readonly asked?: Asked;
  /** `heardAt` of the newest comment that a look has covered. */
  readonly commentsHeardTo?: Instant;
  /** Set once a person was called; stays. */
  readonly escalated: Escalation | undefined;
  readonly closed:
    | { readonly at: Instant; readonly outcome: IncidentOutcome; readonly reasons: readonly Reason[] }
    | undefined;
}

export interface Escalation {
  readonly at: Instant;
  readonly reasons: readonly Reason[];
  /** The first sign of a person on GitHub since. */
  readonly answered?: Answered;
  /** Calls beyond the first. */
  readonly again?: { readonly times: number; readonly at: Instant };
}

export interface Answered {
  /** Login; undefined where GitHub doesn't tell. */
  readonly by: string | undefined;
  readonly at: Instant;
}

/** In GitHub's time, since this machine's is what is wrong. */
export interface ClockTrouble {
  /** undefined: the clock is right again. */
  readonly wrongSince: Instant | undefined;
  /** When a person was called to set the clock, once per incident. */
  readonly calledAt: Instant | undefined;
}

export type IncidentOutcome = "recovered" | "resolved-without-change" | "handed-off" | "abstained";

/** What Remit would do, decided from one revision: a candidate with its verdict, or the reasons why not. */
export interface Plan {
  readonly at: Instant;
  /** The base branch's head that it was computed from. */
  readonly base: string;
  readonly suspects: readonly Suspect[];
  /** What Remit did for this target before, newest first: the last few. */
  readonly earlier?: readonly EarlierChange[];
  /** The adviser's, where one was asked. Untrusted text. */
  readonly opinion?: Opinion;
  /** For the ledger. */
  readonly basis?: Basis;
  readonly outcome: /** `takesBack`: the change is one of Remit's own that ends. */
    | {
        readonly kind: "change";
        readonly candidate: Candidate;
        readonly verdict: Verdict;
        readonly takesBack?: true;
      }
    /** `escalateTo`, `escalateAgain`: whom the runbook names. */
    | {
        readonly kind: "abstain";
        readonly reasons: readonly Reason[];
        readonly escalateTo?: readonly string[];
        readonly escalateAgain?: EscalateAgain;
      };
}

/** By the trailers of merged commits, so no lost store forgets it. */
export interface EarlierChange {
  readonly at: Instant;
  readonly commit: string;
  readonly action: string;
  /** The incident that it was for. */
  readonly incident: string;
  /** When it was undone by Remit, which says that it didn't help. */
  readonly takenBackAt?: Instant;
}

export interface Remediation {
  readonly kind: "fix" | "undo";
  readonly candidate: Candidate;
  readonly verdict: Verdict;
  /** Head of the base branch that the commit is made on. */
  readonly base: string;
  /** Name of the base branch when this was decided. Somebody may rename it, and GitHub renames it in open pull requests only. */
  readonly baseBranch?: string;
  /** `remit/<action>/<target>/<digest>`: the identity. */
  readonly branch: string;
  readonly decidedAt: Instant;
  /** For the ledger, where it isn't the plan's. */
  readonly basis?: Basis;
  readonly pullNumber: number | undefined;
  /** Our one commit on the branch. */
  readonly commit: string | undefined;
  /** The merge that was last announced in the ledger. */
  readonly announced?: Announced;
  /** When it was put into the merge queue; undefined after Remit took it out again. */
  readonly queuedAt?: Instant | undefined;
  readonly merged: { readonly at: Instant; readonly commit: string } | undefined;
  /** Set when the merge made something else of the branch than what was decided. A person is called. */
  readonly differs?: Reason;
  readonly delivered: { readonly at: Instant; readonly revision: string; readonly application: string } | undefined;
  /** Newest last. */
  readonly observations: readonly Observation[];
  /** Set before Remit closes its own pull request, so that a crash doesn't make it look like a person's answer. */
  readonly withdrawing?: Reason;
  readonly ended: Ended | undefined;
}

/** Judged again right before the merge. */
export interface Announced {
  /** Of everything but the time: the same intent is told once. */
  readonly digest: string;
  /** Head of the base branch. */
  readonly base: string;
  readonly basis: Basis;
  readonly verdict: Verdict;
}

export interface Ended {
  readonly at: Instant;
  readonly outcome: RemediationOutcome;
  readonly reason: Reason;
}

export type RemediationOutcome = "recovered" | "failing" | "unknown" | "undelivered" | "withdrawn" | "rejected";

export interface Observation {
  readonly at: Instant;
  readonly verdict: "recovered" | "failing" | "indeterminate";
}

export interface TimelineEntry {
  readonly at: Instant;
  /** A stable word for programs: `opened`, `planned`, `proposed`, `merged`, `delivered`, `verified`, … */
  readonly event: string;
  /** A sentence for people. */
  readonly message: string;
}

/** What Remit would have changed where it might only watch or suggest, and what people merged for the same target. */
import type { ActionName, FieldEffect } from "../../actions/candidate.ts";
import type { Tier } from "../../authority/verdict.ts";
import type { Instant } from "../../clock.ts";
import type { TextEdits } from "../../gitops/edit/text-edits.ts";
import type { Target } from "../../target.ts";

export interface Shadow {
  /** Its id. One shadow for each incident: of the first change that Remit would have made. */
  readonly incident: string;
  readonly repository: string;
  readonly target: Target;
  readonly action: ActionName;
  /** `built-in` where no runbook of the repository holds. */
  readonly runbook: string;
  /** What the policy allowed. */
  readonly tier: Tier;
  /** Of the candidate. */
  readonly digest: string;
  /** Head of the base branch that it was planned from. */
  readonly base: string;
  readonly plannedAt: Instant;
  readonly effects: readonly FieldEffect[];
  /** Against the texts at `base`. */
  readonly files: readonly ShadowFile[];
  /** The best that was found so far. */
  readonly comparison: Comparison | undefined;
  /** When the comparison was over; undefined: it still goes on. */
  readonly settledAt: Instant | undefined;
}

export interface ShadowFile extends TextEdits {
  readonly path: string;
}

/** From the best to the worst, but for `none`, which isn't a person's answer. */
export const shadowOutcomes = ["same", "same-and-more", "partly", "other", "none"] as const;

/**
 * `same`: every field that Remit would have changed has the value that Remit would have given it, by a person's commits, which
 * changed no other field of the target. `same-and-more`: those commits changed others as well. `partly`: some of the fields.
 * `other`: people changed the target, and none of the fields to that value. `none`: no person changed it in git.
 */
export type ShadowOutcome = (typeof shadowOutcomes)[number];

export interface Comparison {
  readonly outcome: ShadowOutcome;
  /** The change by which it came to that. Of `none`: a program's, where one changed the target. */
  readonly change?: {
    readonly commit: string;
    /** When it reached the branch. */
    readonly at: Instant;
    readonly by: Writer;
  };
}

/** Told by the name that a commit is signed with, which anybody may choose: this explains and decides nothing. */
export type Writer = "person" | "program";

/** A shadow without what it would have changed. */
export interface ShadowResult {
  readonly incident: string;
  readonly repository: string;
  readonly runbook: string;
  readonly action: string;
  /** undefined: it isn't settled. */
  readonly outcome: ShadowOutcome | undefined;
  /** How much earlier Remit's plan was than the change; negative: people were faster. Milliseconds. */
  readonly leadMs: number | undefined;
}

/** What the ledger tells beside the branch, without words: incidents, and what became of each change. */
import type { Instant } from "../../clock.ts";
import type { Revision } from "../../gitops/mirror/mirror.ts";

export interface Told {
  readonly incidents: readonly ToldIncident[];
  /** Fixes; what takes one back isn't among them. */
  readonly fixes: readonly ToldFix[];
}

export interface ToldIncident {
  readonly id: string;
  readonly target: string;
  readonly openedAt: Instant;
  /** An alert opened it: neither the end of a lease nor a person's request. */
  readonly isTrouble: boolean;
  /** It came to a change with a tier. */
  readonly isDecided: boolean;
  /** When a person was first wanted: told of a suggestion, asked for a review, or called. */
  readonly wantedAt: Instant | undefined;
  /** The first call, where no person had asked for one. */
  readonly calledAt: Instant | undefined;
  /** When a person commanded, approved, merged, rejected or took over, in their order. */
  readonly acts: readonly Instant[];
  /** When Remit saw that somebody had reacted to the call, by whatever: a word, a review, taking the issue, closing it. */
  readonly answeredAt: Instant | undefined;
  readonly closed: { readonly at: Instant; readonly outcome: string | undefined } | undefined;
}

export interface ToldFix {
  readonly incident: string;
  /** When its pull request was there; undefined: there was none. */
  readonly proposedAt: Instant | undefined;
  readonly merged: ToldMerge | undefined;
  /** When it ended without a merge; undefined too where only the close of the incident tells. */
  readonly withdrawnAt: Instant | undefined;
  readonly deliveredAt: Instant | undefined;
  /** What was seen after the merge: `recovered`, `failing` … */
  readonly seen: { readonly at: Instant; readonly outcome: string | undefined } | undefined;
}

export interface ToldMerge {
  readonly commit: Revision;
  /** By the record; the branch knows better. */
  readonly at: Instant;
  /** Nobody had to approve it. */
  readonly alone: boolean;
}

/** What people did in the repository's own history that an incident may have been behind. Found by `mineHistory`. */
import type { Hunk, MinedCommit } from "../gitops/mirror/mined-commit.ts";

/** A person took back what an earlier commit had done. */
export interface FoundRollback {
  readonly commit: MinedCommit;
  /** The commit that was undone. */
  readonly culprit: MinedCommit;
  /** Does the message say so? What doesn't is found by its change alone. */
  readonly named: boolean;
  /** All of the culprit, or a part of a mixed commit. */
  readonly extent: "whole" | "share";
  /** What the person changed. */
  readonly hunks: readonly Hunk[];
}

/** A message that names an undoing which can't be replayed, and why. */
export interface UnreplayableRollback {
  readonly commit: MinedCommit;
  readonly why: UnreplayableReason;
}

export type UnreplayableReason =
  | "not-configuration"
  | "too-large"
  | "undone-unknown"
  | "too-old"
  | "not-an-inverse"
  | "put-forward-again";

/** What people also do in an incident. Replayed by the command that asks for it: no alert says which of them somebody will choose. */
export interface FoundAction {
  readonly commit: MinedCommit;
  readonly kind: "restart" | "scale" | "suspend" | "flag" | "resize" | "shift";
  /** What the person changed. */
  readonly hunks: readonly Hunk[];
}

export interface FoundChanges {
  /** Newest first, all of them. */
  readonly rollbacks: readonly FoundRollback[];
  readonly unreplayable: readonly UnreplayableRollback[];
  readonly actions: readonly FoundAction[];
  /** How many commits were looked at. */
  readonly commits: number;
}

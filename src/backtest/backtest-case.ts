/** A moment of the history that is replayed, and what came of it. */
import type { Instant } from "../clock.ts";
import type { WritesVerdict } from "../gitops/edit/compare-writes.ts";
import type { Revision } from "../gitops/mirror/mirror.ts";
import type { ReasonCode } from "../reason.ts";
import type { Target } from "../target.ts";
import type { FoundAction, FoundRollback } from "./found-change.ts";

export type BacktestCase = RollbackCase | QuietCase | ActionCase;

/** Somebody rolled something back. */
export interface RollbackCase {
  readonly kind: "rollback";
  /** What Remit would have found: the commit before the person's. */
  readonly before: Revision;
  /** When the person's commit was made. */
  readonly at: Instant;
  readonly rollback: FoundRollback;
}

/** A target exists, and nothing of it has changed for a while: there is nothing to undo. */
export interface QuietCase {
  readonly kind: "quiet";
  readonly before: Revision;
  readonly at: Instant;
  /** Paths that changed lately. */
  readonly touched: ReadonlySet<string>;
}

/** Somebody restarted, scaled, suspended or switched something. */
export interface ActionCase {
  readonly kind: "action";
  readonly before: Revision;
  readonly at: Instant;
  readonly action: FoundAction;
}

/** `part`: the person did the same for others beside, in files that hold nothing of the target; its own files are theirs byte for byte. */
export type RollbackVerdict = WritesVerdict | "part" | "abstained" | "failed";
export type QuietVerdict = "kept" | "intervened" | "failed";
/** As of a rollback. `no-command`: no single command asks for it. `unknown`: the files are nobody's. */
export type ActionVerdict = RollbackVerdict | "no-command" | "unknown";

export type BacktestResult = (
  | {
      readonly kind: "rollback";
      readonly verdict: RollbackVerdict;
      readonly rollback: Revision;
      readonly culprit: Revision;
      readonly named: boolean;
      readonly extent: FoundRollback["extent"];
      /** Is the first suspect the commit that the person undid? */
      readonly culpritFirst: boolean;
    }
  | { readonly kind: "quiet"; readonly verdict: QuietVerdict }
  | {
      readonly kind: "action";
      readonly verdict: ActionVerdict;
      readonly action: FoundAction["kind"];
      readonly commit: Revision;
    }
) & {
  readonly before: Revision;
  readonly at: Instant;
  /** What the alert was about; undefined where the changed files belong to no target that Remit knows. */
  readonly target: Target | undefined;
  /** 0 to 1; 0 without a change. */
  readonly confidence: number;
  /** Of an abstention. */
  readonly reasons: readonly ReasonCode[];
  readonly milliseconds: number;
  /** Of a failure. */
  readonly failure: string | undefined;
};

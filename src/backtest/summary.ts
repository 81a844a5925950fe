/** What a run says, in numbers. Computed by `summarize` (pure). */
import type { ReasonCode } from "../reason.ts";
import type { BacktestResult } from "./backtest-case.ts";
import type { Band } from "./calibrate.ts";
import type { FoundAction, UnreplayableReason } from "./found-change.ts";
import type { Share } from "./wilson.ts";

export interface Summary {
  readonly rollbacks: {
    readonly all: RollbackTotals;
    /** Whose message says so. */
    readonly named: RollbackTotals;
    /** Found by the change alone. */
    readonly unnamed: RollbackTotals;
  };
  readonly quiet: {
    readonly moments: number;
    readonly kept: number;
    readonly intervened: number;
    readonly failed: number;
  };
  /** Exact ones of everything that was proposed, at quiet moments too. */
  readonly precision: Share;
  /** The same, of what was proposed with a confidence of at least 0.9. */
  readonly highConfidence: Share;
  readonly calibration: readonly Band[];
  readonly abstentions: readonly Abstention[];
  readonly targets: readonly TargetNote[];
  /** Slowest first. */
  readonly slowest: readonly BacktestResult[];
  readonly milliseconds: { readonly median: number; readonly total: number };
  readonly notReplayed: Readonly<Partial<Record<UnreplayableReason, number>>>;
  /** What else people did, the commonest first. */
  readonly actions: readonly ActionTotals[];
}

export interface ActionTotals {
  readonly kind: FoundAction["kind"];
  readonly found: number;
  /** Of these the state before was looked at; the rest is what each of them came to. */
  readonly looked: number;
  readonly exact: number;
  readonly near: number;
  readonly wrong: number;
  readonly abstained: number;
  readonly noCommand: number;
  readonly unknown: number;
  readonly failed: number;
}

export interface RollbackTotals {
  readonly cases: number;
  readonly exact: number;
  readonly part: number;
  readonly near: number;
  readonly wrong: number;
  readonly abstained: number;
  readonly failed: number;
  /** Exact of all. */
  readonly recall: Share;
  /** The first suspect is the commit that the person undid. */
  readonly culpritFirst: Share;
}

export interface Abstention {
  readonly code: ReasonCode;
  /** Rollbacks on which this was among the reasons. */
  readonly cases: number;
  /** On which it was the only one. */
  readonly alone: number;
}

export interface TargetNote {
  /** `checkout/production`. */
  readonly target: string;
  readonly rollbacks: number;
  readonly exact: number;
  /** Near or wrong, or anything at a quiet moment. */
  readonly mistaken: number;
  readonly abstained: number;
  /** The commonest reasons of its abstentions. */
  readonly reasons: readonly ReasonCode[];
}

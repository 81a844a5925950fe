/** Of the changes that Remit proposed with this much confidence: how many were what the person did? */
import type { BacktestResult } from "./backtest-case.ts";
import { type Share, wilson } from "./wilson.ts";

export interface Band {
  /** Inclusive; 0 to 1. */
  readonly from: number;
  /** Exclusive, but for the last. */
  readonly to: number;
  /** Exact ones of all that were proposed. What was proposed at a quiet moment counts against it. */
  readonly right: Share;
}

export const bounds = [0, 0.5, 0.7, 0.8, 0.9, 0.95, 1] as const;

/** Bands without a proposal are left out. */
export function calibrate(results: readonly BacktestResult[]): readonly Band[] {
  const proposals = results.filter(isCompared);
  return bounds
    .slice(0, -1)
    .map((from, index) => {
      const to = bounds[index + 1] ?? 1;
      const inside = proposals.filter(({ confidence }) => confidence >= from && (confidence < to || to === 1));
      return { from, to, right: wilson(inside.filter(({ verdict }) => verdict === "exact").length, inside.length) };
    })
    .filter(({ right }) => right.whole > 0);
}

/** Proposals that say something for or against: what a person did for others beside can't be had from an alert of one target. */
export function isCompared(result: BacktestResult): boolean {
  return isProposal(result) && result.verdict !== "part";
}

/** What a person asks for isn't what Remit proposes. */
export function isProposal({ kind, verdict }: BacktestResult): boolean {
  return kind !== "action" && isChange(verdict);
}

/** Another change than the person's, or none because something failed. */
export function isMistake({ verdict }: BacktestResult): boolean {
  return verdict === "failed" || (isChange(verdict) && verdict !== "exact" && verdict !== "part");
}

function isChange(verdict: BacktestResult["verdict"]): boolean {
  return (
    verdict === "exact" || verdict === "part" || verdict === "near" || verdict === "wrong" || verdict === "intervened"
  );
}

/** Counts. */
import type { ReasonCode } from "../reason.ts";
import { targetName } from "../target.ts";
import type { BacktestResult } from "./backtest-case.ts";
import { calibrate, isCompared, isMistake, isProposal } from "./calibrate.ts";
import type { FoundAction } from "./found-change.ts";
import type { BacktestRun } from "./run-backtest.ts";
import type { Abstention, ActionTotals, RollbackTotals, Summary, TargetNote } from "./summary.ts";
import { wilson } from "./wilson.ts";

type RollbackResult = Extract<BacktestResult, { kind: "rollback" }>;

const highConfidence = 0.9;
const slowestShown = 5;

export function summarize({ results, found }: BacktestRun): Summary {
  const rollbacks = results.filter((result) => result.kind === "rollback");
  const quiet = results.filter((result) => result.kind === "quiet");
  const proposals = results.filter(isCompared);
  const right = (list: readonly BacktestResult[]) => wilson(list.filter(isExact).length, list.length);
  const times = results.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return {
    rollbacks: {
      all: totals(rollbacks),
      named: totals(rollbacks.filter(({ named }) => named)),
      unnamed: totals(rollbacks.filter(({ named }) => !named)),
    },
    quiet: {
      moments: quiet.length,
      kept: quiet.filter(({ verdict }) => verdict === "kept").length,
      intervened: quiet.filter(({ verdict }) => verdict === "intervened").length,
      failed: quiet.filter(({ verdict }) => verdict === "failed").length,
    },
    precision: right(proposals),
    highConfidence: right(proposals.filter(({ confidence }) => confidence >= highConfidence)),
    calibration: calibrate(results),
    abstentions: abstentions(rollbacks),
    targets: targetNotes(results),
    slowest: [...results].sort((a, b) => b.milliseconds - a.milliseconds).slice(0, slowestShown),
    milliseconds: { median: times[times.length >> 1] ?? 0, total: times.reduce((sum, time) => sum + time, 0) },
    notReplayed: counts(found.unreplayable.map(({ why }) => why)),
    actions: actionTotals(found.actions, results),
  };
}

function isExact({ verdict }: BacktestResult): boolean {
  return verdict === "exact";
}

function totals(results: readonly RollbackResult[]): RollbackTotals {
  const came = counts(results.map(({ verdict }) => verdict));
  const { exact = 0, part = 0, near = 0, wrong = 0, abstained = 0, failed = 0 } = came;
  const cases = results.length;
  const culpritFirst = wilson(results.filter((result) => result.culpritFirst).length, cases);
  return { cases, exact, part, near, wrong, abstained, failed, recall: wilson(exact, cases), culpritFirst };
}

function actionTotals(found: readonly FoundAction[], results: readonly BacktestResult[]): readonly ActionTotals[] {
  const kinds = [...Map.groupBy(found, ({ kind }) => kind)].sort(([, a], [, b]) => b.length - a.length);
  return kinds.map(([kind, all]) => {
    const own = results.filter((result) => result.kind === "action").filter(({ action }) => action === kind);
    const came = counts(own.map(({ verdict }) => verdict));
    const {
      exact = 0,
      near = 0,
      wrong = 0,
      abstained = 0,
      unknown = 0,
      failed = 0,
      "no-command": noCommand = 0,
    } = came;
    const looked = own.length;
    return { kind, found: all.length, looked, exact, near, wrong, abstained, noCommand, unknown, failed };
  });
}

function abstentions(results: readonly RollbackResult[]): readonly Abstention[] {
  const all = results.filter(({ verdict }) => verdict === "abstained");
  return commonest(all.flatMap(({ reasons }) => reasons)).map((code) => {
    const given = all.filter(({ reasons }) => reasons.includes(code));
    return { code, cases: given.length, alone: given.filter(({ reasons }) => reasons.length === 1).length };
  });
}

function targetNotes(results: readonly BacktestResult[]): readonly TargetNote[] {
  const byName = new Map<string, BacktestResult[]>();
  for (const result of results) {
    if (result.target === undefined) continue;
    const name = targetName(result.target);
    byName.set(name, [...(byName.get(name) ?? []), result]);
  }
  const notes = [...byName].map(([target, own]): TargetNote => {
    const rollbacks = own.filter(({ kind }) => kind === "rollback");
    const abstained = rollbacks.filter(({ verdict }) => verdict === "abstained");
    return {
      target,
      rollbacks: rollbacks.length,
      exact: own.filter(isExact).length,
      mistaken: own.filter((result) => isProposal(result) && isMistake(result)).length,
      abstained: abstained.length,
      reasons: commonest(abstained.flatMap(({ reasons }) => reasons)).slice(0, 3),
    };
  });
  return notes
    .filter(({ rollbacks, mistaken }) => rollbacks > 0 || mistaken > 0)
    .sort((a, b) => b.mistaken - a.mistaken || b.rollbacks - a.rollbacks || (a.target < b.target ? -1 : 1));
}

function commonest(codes: readonly ReasonCode[]): readonly ReasonCode[] {
  const of = counts(codes);
  return [...new Set(codes)].sort((a, b) => (of[b] ?? 0) - (of[a] ?? 0) || (a < b ? -1 : 1));
}

function counts<T extends string>(list: readonly T[]): Partial<Record<T, number>> {
  const result: Partial<Record<T, number>> = {};
  for (const item of list) result[item] = (result[item] ?? 0) + 1;
  return result;
}

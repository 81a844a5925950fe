/** A backtest for people at a terminal: the numbers first, then what went wrong, then where the rest is. */
import type { BacktestResult } from "../backtest/backtest-case.ts";
import { isMistake } from "../backtest/calibrate.ts";
import { formatShare } from "../backtest/format-share.ts";
import type { BacktestRun } from "../backtest/run-backtest.ts";
import type { RollbackTotals, Summary } from "../backtest/summary.ts";
import { targetName } from "../target.ts";
import { columns } from "./columns.ts";

const mistakesShown = 10;
const targetsShown = 10;

export function renderBacktest(run: BacktestRun, summary: Summary): string[] {
  const { rollbacks, quiet, precision, highConfidence } = summary;
  return [
    `${run.found.commits} commits, ${run.results.length} moments replayed${run.interrupted ? ` of ${run.cases}: interrupted` : ""}.`,
    "",
    ...columns([
      ["rollbacks", "cases", "exact", "part", "near", "wrong", "abstained", "failed", "top-1"],
      totals("named", rollbacks.named),
      totals("by the change alone", rollbacks.unnamed),
      totals("all", rollbacks.all),
    ]),
    "",
    ...columns([
      ["quiet moments", "kept", "intervened", "failed"],
      [quiet.moments, quiet.kept, quiet.intervened, quiet.failed].map(String),
    ]),
    "",
    `Right, of what it proposed: ${formatShare(precision)}`,
    `Of what it proposed with confidence 0.90 or more: ${formatShare(highConfidence)}`,
    ...section(
      "Confidence",
      summary.calibration.map(({ from, to, right }) => [`${from.toFixed(2)}-${to.toFixed(2)}`, formatShare(right)]),
    ),
    ...section(
      "Abstentions (cases, the only reason)",
      summary.abstentions.map(({ code, cases, alone }) => [code, String(cases), String(alone)]),
    ),
    ...section("Mistakes", mistakes(run.results)),
    ...section(
      "Targets (rollbacks, exact, mistaken, abstained)",
      summary.targets
        .slice(0, targetsShown)
        .map(({ target, rollbacks: all, exact, mistaken, abstained, reasons }) => [
          target,
          ...[all, exact, mistaken, abstained].map(String),
          reasons.join(" "),
        ]),
    ),
    ...section(
      `Slowest (median ${Math.round(summary.milliseconds.median)} ms)`,
      summary.slowest.map((result) => [
        `${Math.round(result.milliseconds)} ms`,
        result.before.slice(0, 12),
        nameOf(result),
      ]),
    ),
    ...section(
      "What else people did by hand, asked for by a command (commits, looked at, exact, near, wrong, abstained, no single command, no target known)",
      summary.actions.map((totals) => [
        totals.kind,
        ...[totals.found, totals.looked, totals.exact, totals.near, totals.wrong, totals.abstained].map(String),
        ...[totals.noCommand, totals.unknown].map(String),
      ]),
    ),
    ...section(
      "Found, not replayed",
      Object.entries(summary.notReplayed).map(([kind, count]) => [kind, String(count)]),
    ),
  ];
}

function totals(name: string, t: RollbackTotals): string[] {
  const top = t.culpritFirst.share === undefined ? "-" : `${(100 * t.culpritFirst.share).toFixed(1)} %`;
  return [name, ...[t.cases, t.exact, t.part, t.near, t.wrong, t.abstained, t.failed].map(String), top];
}

function mistakes(results: readonly BacktestResult[]): string[][] {
  const list = results.filter(isMistake);
  const rows = list.slice(0, mistakesShown).map((result) => {
    const commit =
      result.kind === "rollback" ? result.rollback : result.kind === "action" ? result.commit : result.before;
    return [result.verdict, commit.slice(0, 12), result.confidence.toFixed(2), nameOf(result)];
  });
  return list.length > mistakesShown ? [...rows, [`and ${list.length - mistakesShown} more`]] : rows;
}

function nameOf({ target }: BacktestResult): string {
  return target === undefined ? "no known target" : targetName(target);
}

function section(title: string, rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : ["", title, ...columns(rows).map((line) => `  ${line}`)];
}

/** The report as Markdown, for a team that wants to know before it grants anything. Names commits, files' contents never. */
import { cleanLine, inlineCode } from "../remediation/prose/untrusted.ts";
import { targetName } from "../target.ts";
import type { BacktestResult } from "./backtest-case.ts";
import { isMistake, isProposal } from "./calibrate.ts";
import { formatShare } from "./format-share.ts";
import type { BacktestRun } from "./run-backtest.ts";
import type { ActionTotals, RollbackTotals, Summary } from "./summary.ts";

export interface ReportContext {
  /** The repository's name for people. */
  readonly name: string;
  /** `https://…/owner/name`, for links; undefined: ids only. */
  readonly address: string | undefined;
}

const shown = { mistakes: 40, examples: 8, abstained: 12, targets: 40 };

/** Pure. */
export function renderReport(run: BacktestRun, summary: Summary, context: ReportContext): string {
  const sections = [
    head(run, context),
    inShort(run, summary),
    totalsSection(summary),
    calibrationSection(summary),
    listSection(
      "Mistakes",
      "Each proposal that wasn't what the person did, nor what they did for its target.",
      run,
      context,
      shown.mistakes,
      mistakes(run),
    ),
    abstentionSection(summary),
    listSection(
      "Abstentions, examples",
      "A person would have been called, with the suspects.",
      run,
      context,
      shown.abstained,
      run.results.filter(({ kind, verdict }) => kind === "rollback" && verdict === "abstained").toReversed(),
    ),
    listSection(
      "Reproduced exactly, examples",
      "What the person committed, byte for byte.",
      run,
      context,
      shown.examples,
      run.results.filter(({ verdict }) => verdict === "exact").toReversed(),
    ),
    targetSection(summary),
    actionSection(summary),
    notReplayedSection(summary),
    speedSection(run, summary, context),
    reading,
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function head(
  { revision, since, until, found, interrupted, results, cases }: BacktestRun,
  context: ReportContext,
): string {
  const window = `${day(since)} to ${day(until)}`;
  const stopped = interrupted ? `\n\n**Interrupted**: ${results.length} of ${cases} moments were replayed.` : "";
  return `# Backtest of ${inlineCode(context.name)}

${found.commits} commits on the first-parent line of ${link(revision, context)}, ${window}.${stopped}`;
}

function inShort({ results }: BacktestRun, { rollbacks, quiet, precision, highConfidence }: Summary): string {
  if (results.length === 0) return "Nothing in this time could be replayed.";
  const { named, unnamed } = rollbacks;
  return `## In short

- Rollbacks whose message names what they undo: reproduced byte for byte ${formatShare(named.recall)}.
- Changes that people took back without saying so: ${formatShare(unnamed.recall)}.
- Of everything that Remit would have proposed, right: ${formatShare(precision)}.
- Of what it would have proposed with a confidence of at least 0.90, right: ${formatShare(highConfidence)}.
- At ${quiet.moments} quiet moments it would have kept quiet ${quiet.kept} times and intervened ${quiet.intervened} times.`;
}

function totalsSection({ rollbacks, quiet }: Summary): string {
  const row = (name: string, t: RollbackTotals) =>
    [name, t.cases, t.exact, t.part, t.near, t.wrong, t.abstained, t.failed, formatShare(t.culpritFirst)].map(String);
  const header = ["rollbacks", "cases", "exact", "part", "near", "wrong", "abstained", "failed", "first suspect right"];
  const rows = [
    row("named", rollbacks.named),
    row("by the change alone", rollbacks.unnamed),
    row("all", rollbacks.all),
  ];
  const quietRow = [quiet.moments, quiet.kept, quiet.intervened, quiet.failed].map(String);
  return `## Totals

${table(header, rows)}

${table(["quiet moments", "kept", "false interventions", "failed"], [quietRow])}`;
}

function calibrationSection({ calibration }: Summary): string {
  if (calibration.length === 0) return "";
  const rows = calibration.map(({ from, to, right }) => [`${from.toFixed(2)} to ${to.toFixed(2)}`, formatShare(right)]);
  return `## Confidence, and how often it was right

${table(["confidence", "exact of what was proposed"], rows)}`;
}

function abstentionSection({ abstentions }: Summary): string {
  if (abstentions.length === 0) return "";
  const rows = abstentions.map(({ code, cases, alone }) => [`\`${code}\``, String(cases), String(alone)]);
  return `## Abstentions by reason

Several reasons may hold at once.

${table(["reason", "cases", "the only reason"], rows)}`;
}

function mistakes({ results }: BacktestRun): readonly BacktestResult[] {
  return results.filter(isMistake);
}

function listSection(
  title: string,
  lead: string,
  run: BacktestRun,
  context: ReportContext,
  limit: number,
  results: readonly BacktestResult[],
): string {
  if (results.length === 0) return "";
  const subjects = new Map(run.found.rollbacks.map(({ commit }) => [commit.id, commit.message]));
  const lines = results.slice(0, limit).map((result) => `- ${describe(result, subjects, context)}`);
  const rest = results.length > limit ? [`- and ${results.length - limit} more`] : [];
  return [`## ${title}\n\n${lead}\n`, ...lines, ...rest].join("\n");
}

function describe(result: BacktestResult, subjects: ReadonlyMap<string, string>, context: ReportContext): string {
  const target = result.target === undefined ? "no known target" : inlineCode(targetName(result.target));
  const sure = isProposal(result) ? `, confidence ${result.confidence.toFixed(2)}` : "";
  const why = result.reasons.map((code) => `\`${code}\``).join(", ");
  const end = `**${result.verdict}**${sure}${why === "" ? "" : `: ${why}`}${result.failure === undefined ? "" : ` (${result.failure})`}`;
  if (result.kind === "quiet") return `${day(result.at)} ${target}, quiet at ${link(result.before, context)}: ${end}`;
  if (result.kind === "action")
    return `${day(result.at)} ${target}, ${result.action} in ${link(result.commit, context)}: ${end}`;
  const subject = (subjects.get(result.rollback) ?? "").split("\n", 1)[0] ?? "";
  const part = result.extent === "share" ? " a part of" : "";
  return `${day(result.at)} ${target}: ${link(result.rollback, context)} ${inlineCode(subject, 90)} takes back${part} ${link(result.culprit, context)}: ${end}`;
}

function targetSection({ targets }: Summary): string {
  if (targets.length === 0) return "";
  const rows = targets
    .slice(0, shown.targets)
    .map(({ target, rollbacks, exact, mistaken, abstained, reasons }) => [
      inlineCode(target),
      ...[rollbacks, exact, mistaken, abstained].map(String),
      reasons.map((code) => `\`${code}\``).join(", "),
    ]);
  const rest = targets.length > shown.targets ? `\n\nAnd ${targets.length - shown.targets} more.` : "";
  return `## By target

${table(["target", "rollbacks", "exact", "mistaken", "abstained", "why it abstained"], rows)}${rest}`;
}

const meanings: Readonly<Record<string, string>> = {
  "put-forward-again": "reverts of reverts",
  "not-configuration": "say that they undo; touch other files than configuration, or more than three",
  "too-large": "say that they undo; more than 24 lines",
  "not-an-inverse": "say what they undo, and do something else",
  "too-old": "undo what was more than fourteen days old",
  "undone-unknown": "say that they undo; what isn't found within fourteen days",
};

const actionNames: Readonly<Record<ActionTotals["kind"], string>> = {
  restart: "restarts, by a value that exists for that",
  scale: "numbers of replicas",
  suspend: "suspended or resumed",
  flag: "switches flipped",
  resize: "requests and limits",
  shift: "shares of traffic",
};

function actionSection({ actions }: Summary): string {
  if (actions.length === 0) return "";
  const rows = actions.map((totals) => [
    actionNames[totals.kind],
    ...[totals.found, totals.looked, totals.exact, totals.near, totals.wrong, totals.abstained].map(String),
    ...[totals.noCommand, totals.unknown].map(String),
  ]);
  return `## What else people did by hand

What would Remit have made of the command that asks for the same?

${table(["what people did", "commits", "looked at", "exact", "near", "wrong", "abstained", "no single command", "no target known"], rows)}`;
}

function notReplayedSection({ notReplayed }: Summary): string {
  const rows = Object.entries(notReplayed).map(([kind, count]) => [meanings[kind] ?? kind, String(count)]);
  if (rows.length === 0) return "";
  return `## Found, not replayed\n\n${table(["what people did", "commits"], rows)}`;
}

function speedSection({ results }: BacktestRun, { slowest, milliseconds }: Summary, context: ReportContext): string {
  if (results.length === 0) return "";
  const rows = slowest.map((result) => [
    result.target === undefined ? "" : inlineCode(targetName(result.target)),
    link(result.before, context),
    `${Math.round(result.milliseconds)} ms`,
  ]);
  return `## Slowest\n\nMedian ${Math.round(milliseconds.median)} ms.\n\n${table(["target", "at", "time"], rows)}`;
}

const reading = `## How to read this

- *Exact*: the person's files byte for byte, and no other. *Part*: the same for the target that the alert names; the person did it for others, too. *Near*: the person's files with other bytes. *Wrong*: other files.
- Each moment was replayed from the commit before the person's, with nothing but the names of the target and the time.
- In brackets: the share, and between what it lies with a probability of 95 %. Few cases make that wide.
- A person's answer isn't always the best one, and what nobody took back isn't in here.`;

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(header), `|${header.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}

function link(id: string, { address }: ReportContext): string {
  const short = `\`${cleanLine(id).slice(0, 10)}\``;
  return address === undefined ? short : `[${short}](${address}/commit/${id})`;
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** `remit metrics` for people: a line on what was counted, then each number with its cases and how sure it is. */
import type { Instant } from "../clock.ts";
import type { DurationMeasure, Measure } from "../metrics/measure.ts";
import type { Counts, Metrics } from "../metrics/metrics.ts";
import { sections } from "../metrics/sections.ts";
import type { ReadTold } from "../metrics/told/read-told.ts";
import { formatDuration } from "../remediation/prose/format-duration.ts";
import { columns } from "./columns.ts";

const notKnown = "not known without a ledger";
const legend = [
  "Times are medians. 95 %: the real number lies there with that probability.",
  "unknown: cases of which git tells too little. docs/metrics.md defines each number.",
];

export function renderMetrics(
  { counts, measures }: Metrics,
  { since, until }: { readonly since: Instant; readonly until: Instant },
  ledger: Omit<ReadTold, "told"> | undefined,
): string[] {
  const heading = ["", "cases", "unknown", "", "95 %", "p90"];
  const rows = sections.flatMap(({ title, rows }) => [
    [title],
    ...rows.map(({ name, label }) => [`  ${label}`, ...cellsOf(measures[name])]),
  ]);
  const [head = "", ...lines] = columns([heading, ...rows]);
  const table = lines.flatMap((line) => (line.startsWith(" ") ? [line] : ["", line]));
  return [...summary(counts, since, until), ledgerLine(ledger), "", head, ...table, "", ...legend];
}

function summary({ fixes, undos, leaseEnds, incidents, changes, restores }: Counts, since: Instant, until: Instant) {
  const due = leaseEnds === 0 ? "" : ` (${leaseEnds} because their time was over)`;
  return [
    `From ${day(since)} to ${day(until)}.`,
    `Remit merged ${count(fixes, "fix", "fixes")} in ${count(incidents, "incident")} and took back ${undos}${due}.`,
    `${count(changes, "change")} reached the branch; Remit took back ${restores.remit} of them, people ${restores.people}.`,
  ];
}

function ledgerLine(ledger: Omit<ReadTold, "told"> | undefined): string {
  if (ledger === undefined) return "The branch alone tells it: there is no ledger here (docs/audit.md).";
  const { records, unreadable, from } = ledger;
  const since = from === undefined ? "" : ` since ${day(from)}`;
  const unread =
    unreadable === 0 ? "" : `; ${count(unreadable, "file")} of it can't be read (remit audit verify says why)`;
  return `The ledger has ${count(records, "record")}${since}${unread}.`;
}

function day(at: Instant): string {
  return new Date(at).toISOString().slice(0, 16).replace("T", " ");
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

function cellsOf(measure: Measure): readonly string[] {
  if (!measure.known) return ["-", "", "-", notKnown];
  const cases = String(measure.cases);
  if (measure.kind === "duration") return durationCells(measure);
  if (measure.kind === "rate") {
    const { perWeek, low, high } = measure;
    return [cases, "", `${perWeek.toFixed(1)} a week`, `${low.toFixed(1)} to ${high.toFixed(1)}`];
  }
  const { share, unknownCases = 0, low, high } = measure;
  const unknown = unknownCases === 0 ? "" : String(unknownCases);
  return share === undefined
    ? [cases, unknown, "-"]
    : [cases, unknown, `${percent(share)} %`, `${percent(low)} to ${percent(high)} %`];
}

function durationCells({ cases, unknownCases, medianMs, lowMs, highMs, p90Ms }: DurationMeasure): readonly string[] {
  const counts = [String(cases), unknownCases === 0 ? "" : String(unknownCases)];
  if (medianMs === undefined || p90Ms === undefined) return [...counts, "-"];
  const interval =
    lowMs === undefined || highMs === undefined ? "-" : `${formatDuration(lowMs)} to ${formatDuration(highMs)}`;
  return [...counts, formatDuration(medianMs), interval, formatDuration(p90Ms)];
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

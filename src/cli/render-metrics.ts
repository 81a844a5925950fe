/** `remit metrics` for people: a line on what was counted, then each number with its cases and how sure it is. */
import type { Instant } from "../clock.ts";
import type { DurationMeasure, Measure } from "../metrics/measure.ts";
import type { Counts, Metrics } from "../metrics/metrics.ts";
import { sections } from "../metrics/sections.ts";
import { formatDuration } from "../remediation/prose/format-duration.ts";
import { columns } from "./columns.ts";

const notKnown = "not known from git yet";
const legend = [
  "Times are medians. 95 %: the real number lies there with that probability.",
  "unknown: cases whose times git doesn't tell. docs/metrics.md defines each number.",
];

export function renderMetrics(
  { counts, measures }: Metrics,
  { since, until }: { readonly since: Instant; readonly until: Instant },
): string[] {
  const heading = ["", "cases", "unknown", "", "95 %", "p90"];
  const rows = sections.flatMap(({ title, rows }) => [
    [title],
    ...rows.map(({ name, label }) => [`  ${label}`, ...cellsOf(measures[name])]),
  ]);
  const [head = "", ...lines] = columns([heading, ...rows]);
  const table = lines.flatMap((line) => (line.startsWith(" ") ? [line] : ["", line]));
  return [...summary(counts, since, until), "", head, ...table, "", ...legend];
}

function summary({ fixes, undos, leaseEnds, incidents, changes, restores }: Counts, since: Instant, until: Instant) {
  const due = leaseEnds === 0 ? "" : ` (${leaseEnds} because their time was over)`;
  return [
    `From ${day(since)} to ${day(until)}.`,
    `Remit merged ${count(fixes, "fix", "fixes")} in ${count(incidents, "incident")} and took back ${undos}${due}.`,
    `${count(changes, "change")} reached the branch; Remit took back ${restores.remit} of them, people ${restores.people}.`,
  ];
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
  const { share, low, high } = measure;
  return share === undefined
    ? [cases, "", "-"]
    : [cases, "", `${percent(share)} %`, `${percent(low)} to ${percent(high)} %`];
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

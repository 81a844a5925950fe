/** The plots of `remit metrics`, by file name. Pure. */
import { formatDuration } from "../../remediation/prose/format-duration.ts";
import type { DurationMeasure, Measure, ShareMeasure } from "../measure.ts";
import type { Metrics } from "../metrics.ts";
import { sections } from "../sections.ts";
import { type IntervalRow, intervalPlot } from "./interval-plot.ts";
import { weekPlot } from "./week-plot.ts";

export function drawPlots({ measures, weeks }: Metrics): ReadonlyMap<string, string> {
  const rows = sections.flatMap(({ rows }) => rows.map(({ name, label }) => ({ label, measure: measures[name] })));
  const named = <M extends Measure>(is: (measure: Measure) => measure is M) =>
    rows.flatMap(({ label, measure }) => (is(measure) ? [{ label: nameOf(label), measure }] : []));
  return new Map([
    ["shares.svg", intervalPlot({ title: "How well", rows: named(isShare).map(shareRow), ticks: percentTicks })],
    [
      "times.svg",
      intervalPlot({ title: "How long: medians", rows: named(isDuration).map(durationRow), ticks: timeTicks }),
    ],
    ["weeks.svg", weekPlot(weeks)],
  ]);
}

function nameOf(label: string): string {
  return label.startsWith(" ") ? `time to restore, ${label.trim()}` : label;
}

function isShare(measure: Measure): measure is ShareMeasure {
  return measure.known && measure.kind === "share";
}

function isDuration(measure: Measure): measure is DurationMeasure {
  return measure.known && measure.kind === "duration";
}

const percentTicks = [0, 25, 50, 75, 100].map((percent) => ({ at: percent / 100, label: `${percent} %` }));

interface Named<M> {
  readonly label: string;
  readonly measure: M;
}

const nothing = { at: undefined, low: undefined, high: undefined, words: "no case", said: "no case" };

function shareRow({ label, measure: { cases, share, low, high } }: Named<ShareMeasure>): IntervalRow {
  if (share === undefined) return { label, cases, ...nothing };
  const percent = (value: number) => (100 * value).toFixed(0);
  const words = `${percent(share)} % (${percent(low)} to ${percent(high)} %)`;
  return { label, cases, at: share, low, high, words, said: words };
}

/** From a second to a hundred days, each step ten times the one before. */
const decades = Math.log10(100 * 86_400);
const timeTicks = [
  { seconds: 1, label: "1 s" },
  { seconds: 60, label: "1 min" },
  { seconds: 3_600, label: "1 h" },
  { seconds: 86_400, label: "1 d" },
  { seconds: 30 * 86_400, label: "30 d" },
].map(({ seconds, label }) => ({ at: place(1000 * seconds), label }));

function place(ms: number): number {
  return Math.min(1, Math.max(0, Math.log10(Math.max(1, ms / 1000)) / decades));
}

function durationRow({ label, measure }: Named<DurationMeasure>): IntervalRow {
  const { cases, medianMs, lowMs, highMs } = measure;
  if (medianMs === undefined) return { label, cases, ...nothing };
  const words = formatDuration(medianMs);
  const at = place(medianMs);
  if (lowMs === undefined || highMs === undefined)
    return { label, cases, at, low: undefined, high: undefined, words, said: words };
  const said = `${words} (${formatDuration(lowMs)} to ${formatDuration(highMs)})`;
  return { label, cases, at, low: place(lowMs), high: place(highMs), words, said };
}

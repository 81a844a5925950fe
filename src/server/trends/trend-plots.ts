/** The plots of the status page. Their colors are those of its style sheet. Pure. */
import { bar, dot, frame, line, text } from "../../metrics/plots/frame.ts";
import { formatDuration } from "../../remediation/prose/format-duration.ts";
import { dayOf, outcomeNames, stageNames } from "./trend-words.ts";
import { outcomes, type Stage, stages, type TrendWeek } from "./trends.ts";

const [wide, left, right, top, high] = [440, 52, 12, 16, 150];
const bottom = top + high;
const height = bottom + 30;
const mostLabels = 4;

/** `id`: of the picture on its page. */
export function outcomePlot(weeks: readonly TrendWeek[], id: string): string {
  const most = Math.max(1, ...weeks.map(({ counts }) => total(counts)));
  const size = (count: number) => (high * count) / most;
  const bars = weeks.flatMap(({ counts }, index) => {
    let below = 0;
    return outcomes.flatMap((outcome) => {
      if (counts[outcome] === 0) return [];
      below += counts[outcome];
      return [
        bar(
          place(weeks, index) - 0.35 * step(weeks),
          bottom - size(below),
          0.7 * step(weeks),
          size(counts[outcome]),
          `outcome-${outcome}`,
        ),
      ];
    });
  });
  const grid = [...new Set([0, Math.round(most / 2), most])].flatMap((count) =>
    gridLine(bottom - size(count), String(count)),
  );
  const said = weeks.map(({ from, counts }) => {
    const parts = outcomes.flatMap((outcome) =>
      counts[outcome] === 0 ? [] : [`${counts[outcome]} ${outcomeNames[outcome]}`],
    );
    return `${dayOf(from)}: ${parts.length === 0 ? "none" : parts.join(", ")}`;
  });
  const content = [...grid, ...bars, ...dates(weeks)];
  return frame({
    title: "Incidents by week and outcome",
    description: `${said.join("; ")}.`,
    height,
    content,
    inPage: { id, wide },
  });
}

/** Each step ten times the one before would hide what matters: minutes and hours are what people wait. */
const scale = [
  { ms: 60_000, label: "1 min" },
  { ms: 10 * 60_000, label: "10 min" },
  { ms: 60 * 60_000, label: "1 h" },
  { ms: 10 * 60 * 60_000, label: "10 h" },
  { ms: 4 * 24 * 60 * 60_000, label: "4 d" },
];
const [shortest, longest] = [30_000, 4 * 24 * 60 * 60_000];

export function timesPlot(weeks: readonly TrendWeek[], id: string): string {
  const grid = scale.flatMap(({ ms, label }) => gridLine(level(ms), label));
  const said = weeks.map(({ from, times }) => {
    const parts = stages.flatMap((stage) => {
      const { medianMs } = times[stage];
      return medianMs === undefined ? [] : [`${stageNames[stage]} ${formatDuration(medianMs)}`];
    });
    return `${dayOf(from)}: ${parts.length === 0 ? "no case" : parts.join(", ")}`;
  });
  const content = [...grid, ...stages.flatMap((stage) => series(weeks, stage)), ...dates(weeks)];
  const title = "Time from the first alert, medians by week";
  return frame({ title, description: `${said.join("; ")}.`, height, content, inPage: { id, wide } });
}

/** Dots, and lines between them over weeks without a case. */
function series(weeks: readonly TrendWeek[], stage: Stage): readonly string[] {
  const points = weeks.flatMap(({ times }, index) => {
    const { medianMs } = times[stage];
    return medianMs === undefined ? [] : [[place(weeks, index), level(medianMs)] as const];
  });
  return points.flatMap(([x, y], index) => {
    const before = points[index - 1];
    return [
      ...(before === undefined ? [] : [line(before, [x, y], `line stage-${stage}`, 2)]),
      dot(x, y, `stage-${stage}`),
    ];
  });
}

function level(ms: number): number {
  const share = Math.log(Math.min(longest, Math.max(shortest, ms)) / shortest) / Math.log(longest / shortest);
  return bottom - high * share;
}

function gridLine(y: number, label: string): readonly string[] {
  return [line([left, y], [wide - right, y], "grid"), text(left - 8, y + 4, label, "quiet end")];
}

function dates(weeks: readonly TrendWeek[]): readonly string[] {
  const every = Math.ceil(weeks.length / mostLabels);
  return weeks.flatMap(({ from }, index) =>
    index % every === 0 ? [text(place(weeks, index), bottom + 20, dayOf(from).slice(5), "quiet middle")] : [],
  );
}

function step(weeks: readonly TrendWeek[]): number {
  // One week alone doesn't fill the picture.
  return (wide - left - right) / Math.max(6, weeks.length);
}

function place(weeks: readonly TrendWeek[], index: number): number {
  return left + (index + 0.5) * step(weeks);
}

function total(counts: TrendWeek["counts"]): number {
  return outcomes.reduce((sum, outcome) => sum + counts[outcome], 0);
}

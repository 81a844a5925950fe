/** The service's error rate over time as an inline SVG: no script, no style attribute, readable in light and dark. */
import { html, raw } from "hono/html";
import type { Instant } from "../../clock.ts";
import type { ChartPoint, ChartState } from "./page-state.ts";
import { placeMarks } from "./place-marks.ts";
import { textWidth } from "./text-width.ts";

type Markup = ReturnType<typeof html>;

const width = 960;
const plot = { left: 52, right: 944, top: 74, bottom: 250 };
const runBar = { top: 274, height: 20 };
const height = 302;
/** The axis never shows less than this share, so that a quiet service looks quiet. */
const leastCeiling = 0.2;
/** Time that the chart spans at least, in milliseconds, so that the first seconds don't look like an age. */
const leastSpanMs = 8_000;

export function chart(state: ChartState, from: Instant, to: Instant): Markup {
  const span = Math.max(to - from, leastSpanMs);
  const x = (at: Instant) => round(plot.left + ((at - from) / span) * (plot.right - plot.left));
  const highest = Math.max(...state.points.map((point) => point.errorRate ?? 0), leastCeiling);
  const ceiling = Math.min(1, Math.ceil(highest * 5) / 5);
  const y = (rate: number) => round(plot.bottom - (rate / ceiling) * (plot.bottom - plot.top));
  const now = state.points.findLast((point) => point.errorRate !== undefined);
  const label = `Error rate over ${seconds(to - from)} seconds; now ${percent(now?.errorRate ?? 0)}`;

  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
    ${grid(ceiling, y)} ${timeAxis(span, x, from)}
    ${runs(state.points).map((run) => curve(run, x, y))}
    <line class="threshold" x1="${plot.left}" x2="${plot.right}" y1="${y(state.threshold)}" y2="${y(state.threshold)}" />
    <text class="threshold-label" x="${plot.left + 6}" y="${y(state.threshold) - 5}">
      alert above ${percent(state.threshold)}
    </text>
    ${marks(state, x)} ${runBars(state, x, to)}
  </svg>`;
}

function grid(ceiling: number, y: (rate: number) => number): Markup[] {
  const step = ceiling <= 0.4 ? 0.1 : 0.2;
  const rates = Array.from({ length: Math.round(ceiling / step) + 1 }, (_, index) => index * step);
  return rates.map(
    (
      rate,
    ) => html`<line class="${rate === 0 ? "axis" : "grid"}" x1="${plot.left}" x2="${plot.right}" y1="${y(rate)}" y2="${y(rate)}" />
      <text class="tick" x="${plot.left - 8}" y="${y(rate) + 4}" text-anchor="end">${percent(rate)}</text>`,
  );
}

function timeAxis(spanMs: number, x: (at: Instant) => number, from: Instant): Markup[] {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600];
  const step = (steps.find((candidate) => spanMs / 1_000 / candidate <= 10) ?? 7_200) * 1_000;
  const ticks = Array.from({ length: Math.floor(spanMs / step) + 1 }, (_, index) => index * step);
  return ticks.map(
    (tick) =>
      html`<text class="tick" x="${x(from + tick)}" y="${plot.bottom + 16}" text-anchor="middle">${seconds(tick)} s</text>`,
  );
}

/** Stretches without a gap. */
function runs(points: readonly ChartPoint[]): readonly { at: Instant; rate: number }[][] {
  const result: { at: Instant; rate: number }[][] = [[]];
  for (const point of points) {
    if (point.errorRate === undefined) result.push([]);
    else result.at(-1)?.push({ at: point.at, rate: point.errorRate });
  }
  return result.filter((run) => run.length > 1);
}

function curve(
  run: readonly { at: Instant; rate: number }[],
  x: (at: Instant) => number,
  y: (rate: number) => number,
): Markup {
  const line = run.map((point) => `${x(point.at)},${y(point.rate)}`).join(" L");
  const first = x(run[0]?.at ?? 0);
  const last = x(run.at(-1)?.at ?? 0);
  return html`<path class="area" d="M${first},${plot.bottom} L${raw(line)} L${last},${plot.bottom} Z" />
    <path class="line" d="M${raw(line)}" />`;
}

function marks(state: ChartState, x: (at: Instant) => number): Markup[] {
  return placeMarks(state.marks, x, plot).map(
    (mark) => html`<g class="mark ${mark.tone}">
      <line x1="${mark.x}" x2="${mark.x}" y1="${mark.top + mark.height}" y2="${plot.bottom}" />
      <rect x="${mark.left}" y="${mark.top}" width="${mark.width}" height="${mark.height}" rx="4" />
      <text x="${mark.left + mark.width / 2}" y="${mark.top + 13.5}" text-anchor="middle">${mark.label}</text>
    </g>`,
  );
}

function runBars(state: ChartState, x: (at: Instant) => number, to: Instant): Markup[] {
  return state.runs.map((run, index) => {
    const left = Math.max(plot.left, x(run.at));
    const right = x(state.runs[index + 1]?.at ?? to);
    const wide = right - left > textWidth(run.label) + 16;
    return html`<g class="run ${run.tone}">
      <rect x="${left}" y="${runBar.top}" width="${Math.max(0, right - left - 2)}" height="${runBar.height}" rx="4" />
      ${wide ? html`<text x="${left + 8}" y="${runBar.top + 14}">${run.label}</text>` : ""}
    </g>`;
  });
}

const round = (value: number) => Math.round(value * 10) / 10;
const percent = (rate: number) => `${Math.round(rate * 100)} %`;
const seconds = (ms: number) => Math.round(ms / 1_000);

/** Numbers below each other, each a dot with a line for its interval. */
import { dot, frame, line, text, width } from "./frame.ts";

export interface IntervalRow {
  readonly label: string;
  /** Beside the label: how many cases. */
  readonly cases: number;
  /** 0 to 1 along the axis; undefined where there is no number. */
  readonly at: number | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** The number, or why there is none. */
  readonly words: string;
  /** The same for those who don't see the line: with its ends. */
  readonly said: string;
}

export interface IntervalPlot {
  readonly title: string;
  readonly rows: readonly IntervalRow[];
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

const [left, right, top, rowHeight] = [290, 200, 84, 36];

export function intervalPlot({ title, rows, ticks }: IntervalPlot): string {
  const bottom = top + rows.length * rowHeight;
  const x = (at: number) => left + at * (width - left - right);
  const grid = ticks.flatMap(({ at, label }) => [
    line([x(at), top - 12], [x(at), bottom], "grid"),
    text(x(at), top - 20, label, "quiet middle"),
  ]);
  const marks = rows.flatMap(({ label, cases, at, low, high, words }, index) => {
    const y = top + (index + 0.5) * rowHeight;
    return [
      text(24, y + 4, label),
      text(left - 24, y + 4, count(cases), "quiet end"),
      ...(low === undefined || high === undefined || at === undefined
        ? []
        : [line([x(low), y], [x(high), y], "line", 3)]),
      ...(at === undefined ? [] : [dot(x(at), y)]),
      text(width - right + 24, y + 4, words, at === undefined ? "quiet" : "word"),
    ];
  });
  const described = rows.map(({ label, cases, said }) => `${label}: ${said}, ${count(cases)}`);
  return frame({
    title,
    description: `${described.join("; ")}. Lines show where the real number lies with a probability of 95 percent.`,
    height: bottom + 24,
    content: [...grid, ...marks],
  });
}

function count(cases: number): string {
  return `${cases} ${cases === 1 ? "case" : "cases"}`;
}

/** Puts the labels of the chart's marks into lanes so that none covers another. Pure. */
import type { Instant } from "../../clock.ts";
import type { ChartMark } from "./page-state.ts";
import { textWidth } from "./text-width.ts";

export interface PlacedMark extends ChartMark {
  /** Where it happened. */
  readonly x: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const height = 19;
const laneStep = 23;
const gap = 4;

/** From the upper lane to the lower, so that a label covers the lines that pass it. Marks beyond the last lane share it, so their labels may touch; their lines stay right. */
export function placeMarks(
  marks: readonly ChartMark[],
  x: (at: Instant) => number,
  plot: { readonly left: number; readonly right: number; readonly top: number },
): readonly PlacedMark[] {
  const lanes = Math.max(1, Math.floor(plot.top / laneStep));
  const ends: number[] = Array.from({ length: lanes }, () => Number.NEGATIVE_INFINITY);
  const inOrder = [...marks].sort((a, b) => a.at - b.at);
  const placed = inOrder.map((mark) => {
    const width = Math.round(textWidth(mark.label) + 14);
    const at = x(mark.at);
    const left = Math.min(Math.max(at - width / 2, plot.left), plot.right - width);
    const free = ends.findIndex((end) => end + gap <= left);
    const lane = free === -1 ? ends.indexOf(Math.min(...ends)) : free;
    ends[lane] = left + width;
    return { ...mark, x: at, left, top: lane * laneStep + 2, width, height };
  });
  return placed.sort((a, b) => a.top - b.top);
}

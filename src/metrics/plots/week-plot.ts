/** Week by week: changes that stood, changes that were taken back, and Remit's fixes. */
import type { Week } from "../metrics.ts";
import { bar, frame, line, text, width } from "./frame.ts";

const [left, right, top, high] = [56, 24, 92, 220];
const bottom = top + high;
const mostLabels = 8;

export function weekPlot(weeks: readonly Week[]): string {
  const most = Math.max(1, ...weeks.map(({ changes, fixes }) => Math.max(changes, fixes)));
  const step = (width - left - right) / Math.max(1, weeks.length);
  const size = (count: number) => (high * count) / most;
  const every = Math.ceil(weeks.length / mostLabels);
  const bars = weeks.flatMap(({ from, changes, failed, fixes }, index) => {
    const [x, thick] = [left + (index + 0.15) * step, 0.35 * step];
    const stood = changes - failed;
    return [
      bar(x, bottom - size(stood), thick, size(stood), "good"),
      bar(x, bottom - size(changes), thick, size(failed), "bad"),
      bar(x + thick, bottom - size(fixes), thick, size(fixes), "ours"),
      ...(index % every === 0 ? [text(left + (index + 0.5) * step, bottom + 20, dayOf(from), "quiet middle")] : []),
    ];
  });
  const told = weeks.map(
    ({ from, changes, failed, fixes }) => `${dayOf(from)}: ${changes} changes, ${failed} taken back, ${fixes} fixes`,
  );
  return frame({
    title: "Week by week",
    description: `${told.join("; ")}.`,
    height: bottom + 40,
    content: [...legend(), ...axis(most, size), ...bars],
  });
}

function legend(): readonly string[] {
  const entries = [
    { kind: "good", words: "changes that stood", x: 24 },
    { kind: "bad", words: "changes taken back", x: 200 },
    { kind: "ours", words: "fixes by Remit", x: 376 },
  ];
  return entries.flatMap(({ kind, words, x }) => [bar(x, 50, 12, 12, kind), text(x + 18, 61, words, "quiet")]);
}

function axis(most: number, size: (count: number) => number): readonly string[] {
  const counts = [...new Set([0, Math.round(most / 2), most])];
  return counts.flatMap((count) => [
    line([left, bottom - size(count)], [width - right, bottom - size(count)], "grid"),
    text(left - 10, bottom - size(count) + 4, String(count), "quiet end"),
  ]);
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** A length of time as people write it: `500ms`, `30s`, `15m`, `1h30m`, `7d`. */

const units = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const;

/** Largest unit first, each unit at most once, without spaces, and more than nothing. */
export const durationPattern = /^(?=.*[1-9])(?:\d{1,6}d)?(?:\d{1,6}h)?(?:\d{1,6}m(?!s))?(?:\d{1,6}s)?(?:\d{1,9}ms)?$/;

/** Milliseconds; undefined when it isn't a duration. */
export function parseDuration(text: string): number | undefined {
  if (!durationPattern.test(text)) return undefined;
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)(d|h|ms|m|s)/g)) total += Number(count) * unitMs(unit);
  return total;
}

/** The shortest text that parses to `ms`, a whole number above 0. */
export function formatDuration(ms: number): string {
  let rest = ms;
  let text = "";
  for (const [unit, size] of Object.entries(units)) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest %= size;
  }
  return text;
}

function unitMs(unit: string | undefined): number {
  return Object.entries(units).find(([name]) => name === unit)?.[1] ?? 0;
}

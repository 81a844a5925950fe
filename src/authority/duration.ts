/** Times as policies spell them: `90s`, `5m`, `24h`, `7d`. At most seven days, since limits are counted that far back. */

/** The same text stands in the JSON Schema. */
export const durationPattern = "(?:[1-7]d|(?:[1-9]|[1-9][0-9]|1[0-5][0-9]|16[0-8])h|[1-9][0-9]{0,3}m|[1-9][0-9]{0,4}s)";

const unitMs: ReadonlyMap<string, number> = new Map([
  ["s", 1_000],
  ["m", 60_000],
  ["h", 60 * 60_000],
  ["d", 24 * 60 * 60_000],
]);

/** In milliseconds; undefined when it isn't a duration. `0s` and its like are one. */
export function parseDuration(text: string): number | undefined {
  if (!new RegExp(`^(?:0[smhd]|${durationPattern})$`).test(text)) return undefined;
  const unit = unitMs.get(text.slice(-1));
  return unit === undefined ? undefined : Number(text.slice(0, -1)) * unit;
}

/** Nothing shorter than a minute. */
export function parseAMinuteOrMore(text: string): number | undefined {
  const ms = parseDuration(text);
  return ms === undefined || ms < 60_000 ? undefined : ms;
}

/** The shortest spelling of a whole number of seconds: `parseDuration` reads it back. */
export function formatDuration(ms: number): string {
  for (const [unit, size] of [...unitMs].toReversed()) {
    const text = `${ms / size}${unit}`;
    if (ms % size === 0 && parseDuration(text) === ms) return text;
  }
  return `${Math.round(ms / 1_000)}s`;
}

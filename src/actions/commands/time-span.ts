const units: Readonly<Record<string, number>> = { m: 60_000, h: 60 * 60_000, d: 24 * 60 * 60_000 };
const longestMs = 7 * 24 * 60 * 60_000;

/** `2h`, from a minute to seven days, in milliseconds; undefined for anything else. */
export function timeSpan(text: string): number | undefined {
  const [, count, unit = ""] = /^([1-9]\d{0,4})([mhd])$/.exec(text) ?? [];
  const ms = Number(count) * (units[unit] ?? Number.NaN);
  return ms <= longestMs ? ms : undefined;
}

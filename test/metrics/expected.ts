/** Measures as `--json` prints them. */
import { expect } from "vitest";

export const minutes = (count: number) => count * 60_000;
export const hours = (count: number) => minutes(60 * count);

export function duration(
  cases: number,
  unknownCases: number,
  medianMs: number,
  [lowMs, highMs]: readonly number[],
  p90Ms: number,
) {
  const interval = lowMs === undefined ? {} : { lowMs, highMs };
  return { kind: "duration", known: true, cases, unknownCases, medianMs, ...interval, p90Ms };
}

export function share(part: number, cases: number, unknownCases?: number) {
  const between = { low: expect.any(Number), high: expect.any(Number) };
  const unknown = unknownCases === undefined ? {} : { unknownCases };
  return { kind: "share", known: true, part, cases, ...unknown, share: part / cases, ...between };
}

/** How often things happen: Byar's approximation of the exact Poisson interval at 95 %. */
import type { RateMeasure } from "./measure.ts";

const z = 1.959964;
const day = 24 * 60 * 60_000;

export function rate(cases: number, lengthMs: number): RateMeasure {
  const days = lengthMs / day;
  const weekly = (count: number) => (days === 0 ? 0 : (7 * count) / days);
  const next = cases + 1;
  const low = cases === 0 ? 0 : cases * (1 - 1 / (9 * cases) - z / (3 * Math.sqrt(cases))) ** 3;
  const high = next * (1 - 1 / (9 * next) + z / (3 * Math.sqrt(next))) ** 3;
  return {
    kind: "rate",
    known: true,
    cases,
    days,
    perWeek: weekly(cases),
    low: weekly(Math.max(0, low)),
    high: weekly(high),
  };
}

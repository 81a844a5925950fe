import { wilson } from "../backtest/wilson.ts";
import type { ShareMeasure } from "./measure.ts";

/** `counts` answers undefined for cases of which too little is known: they are no part of the share. */
export function share<T>(all: readonly T[], counts: (each: T) => boolean | undefined): ShareMeasure {
  const known = all.map(counts).filter((counted) => counted !== undefined);
  const { whole, ...rest } = wilson(known.filter(Boolean).length, known.length);
  const unknownCases = all.length - known.length;
  return { kind: "share", known: true, cases: whole, ...(unknownCases === 0 ? {} : { unknownCases }), ...rest };
}

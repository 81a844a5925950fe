/** A calendar month, by UTC. */
import type { Instant } from "../../clock.ts";

export interface Month {
  /** `2026-11` */
  readonly name: string;
  readonly from: Instant;
  /** The end is outside. */
  readonly to: Instant;
}

/** undefined: that is none. */
export function parseMonth(text: string): Month | undefined {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? [];
  return year === undefined || month === undefined ? undefined : monthOf(Number(year), Number(month) - 1);
}

/** The last one that is over then. */
export function monthBefore(at: Instant): Month {
  const date = new Date(at);
  return monthOf(date.getUTCFullYear(), date.getUTCMonth() - 1);
}

/** Before the month: where changes that came in it were begun, and what is still open. */
const lookBackMs = 92 * 24 * 60 * 60_000;

/** From when on the ledger is read where a review is all that it is read for. */
export function readSince({ from }: Month): Instant {
  return from - lookBackMs;
}

/** `month` counts from 0, and may be of another year. */
function monthOf(year: number, month: number): Month {
  const from = Date.UTC(year, month);
  return { name: new Date(from).toISOString().slice(0, 7), from, to: Date.UTC(year, month + 1) };
}

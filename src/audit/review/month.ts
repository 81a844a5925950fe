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

/** `month` counts from 0, and may be of another year. */
function monthOf(year: number, month: number): Month {
  const from = Date.UTC(year, month);
  return { name: new Date(from).toISOString().slice(0, 7), from, to: Date.UTC(year, month + 1) };
}

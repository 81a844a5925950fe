import type { Instant } from "../clock.ts";

/** Clocks differ, and anybody writes dates into commits: what ends before it began isn't known. */
export function between(from: Instant | undefined, to: Instant | undefined): number | undefined {
  return from === undefined || to === undefined || to < from ? undefined : to - from;
}

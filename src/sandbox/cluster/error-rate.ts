/** The share of requests that failed in a window, from samples of counters. */
import type { Instant } from "../../clock.ts";
import type { Sample } from "./scrape.ts";

/**
 * 0 to 1 over `(now - windowMs, now]`; undefined without two samples or without a request in between, as
 * `rate(failed) / rate(total)` has no value then. A counter that went back (a restart) counts from zero.
 */
export function errorRate(samples: readonly Sample[], windowMs: number, now: Instant): number | undefined {
  const inside = samples.filter((sample) => sample.at > now - windowMs && sample.at <= now);
  let total = 0;
  let failed = 0;
  for (const [index, sample] of inside.entries()) {
    const before = inside[index - 1];
    if (before === undefined) continue;
    total += increase(before.total, sample.total);
    failed += increase(before.failed, sample.failed);
  }
  return total === 0 ? undefined : failed / total;
}

function increase(before: number, after: number): number {
  return after >= before ? after - before : after;
}

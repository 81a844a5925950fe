/** What counters say of a window, from samples of them, as Prometheus' `rate` and `increase` do. Pure. */
import type { Instant } from "../../clock.ts";
import type { Sample } from "./scrape.ts";

/** The counters that are asked about, at one moment. */
export type Counts<K extends keyof Sample> = Pick<Sample, "at" | K>;

/**
 * The share of requests that failed, 0 to 1 over `(now - windowMs, now]`; undefined without two samples or without a request
 * in between, as `rate(failed) / rate(total)` has no value then.
 */
export function errorRate(
  samples: readonly Counts<"total" | "failed">[],
  windowMs: number,
  now: Instant,
): number | undefined {
  return shareOf(samples, "failed", windowMs, now);
}

/** As `errorRate`, of one kind of failure. */
export function shareOf<K extends "failed" | "errors" | "turnedAway">(
  samples: readonly Counts<"total" | K>[],
  counter: K,
  windowMs: number,
  now: Instant,
): number | undefined {
  const total = increase(samples, "total", windowMs, now);
  const failed = increase(samples, counter, windowMs, now);
  return total === undefined || failed === undefined || total === 0 ? undefined : failed / total;
}

/** undefined with fewer samples in the window than `least`. A counter that went back (a restart) counts from zero. */
export function increase<K extends Exclude<keyof Sample, "at">>(
  samples: readonly Counts<K>[],
  counter: K,
  windowMs: number,
  now: Instant,
  least = 2,
): number | undefined {
  const inside = samples.filter((sample) => sample.at > now - windowMs && sample.at <= now);
  if (inside.length < least) return undefined;
  let sum = 0;
  for (const [index, sample] of inside.entries()) {
    const before: Counts<K> | undefined = inside[index - 1];
    if (before === undefined) continue;
    sum += sample[counter] >= before[counter] ? sample[counter] - before[counter] : sample[counter];
  }
  return sum;
}

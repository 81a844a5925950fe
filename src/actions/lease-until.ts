import type { Instant } from "../clock.ts";
import type { Lease } from "./candidate.ts";

/** `why`: the end of the sentence "It ends because …" that people read. */
export function leaseUntil(now: Instant, lengthMs: number, why: string): Lease {
  return { expiresAt: now + lengthMs, why };
}

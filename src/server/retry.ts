/** When something that failed is tried again, and when it is given up. */
import { RemitError } from "../errors.ts";

const firstMs = 2_000;
const longestMs = 5 * 60_000;

/** 2 s, 4 s, 8 s … 5 min; later where the error says when. `attempts` counts from 1. */
export function retryDelayMs(error: unknown, attempts: number): number {
  const backoff = Math.min(longestMs, firstMs * 2 ** Math.min(20, Math.max(0, attempts - 1)));
  return Math.max(backoff, error instanceof RemitError ? (error.retryAfterMs ?? 0) : 0);
}

/** Faults of others that pass by themselves: a delivery that met one is good, and waits as long as it takes. */
const passing: ReadonlySet<string> = new Set([
  "github-rate-limited",
  "github-unavailable",
  "git-failed",
  "model-unavailable",
  "store-failed",
]);

/** No further attempt helps: the payload itself is wrong, or it failed too often for a reason of its own. */
export function givesUp(error: unknown, attempts: number, maxAttempts: number): boolean {
  const code = error instanceof RemitError ? error.code : "internal";
  if (code === "payload-invalid") return true;
  // About a day of five-minute steps.
  return attempts >= (passing.has(code) ? 300 : maxAttempts);
}

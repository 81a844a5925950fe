/** What GitHub says in each answer of the requests that are left until its limit begins anew. */
import type { Instant } from "../clock.ts";
import type { ResponseHeaders } from "./rate-limit.ts";

export interface Budget {
  /** What is counted together: `core`, `graphql`. */
  readonly resource: string;
  readonly limit: number;
  readonly remaining: number;
  readonly resetAt: Instant;
}

export interface BudgetLeft extends Budget {
  /** Whose installation it is. */
  readonly account: string;
  /** When GitHub said so. */
  readonly at: Instant;
}

/** undefined: the answer doesn't say. */
export function budgetLeft(headers: ResponseHeaders): Budget | undefined {
  const resource = String(headers["x-ratelimit-resource"] ?? "core");
  const [limit, remaining, reset] = ["limit", "remaining", "reset"].map((name) => {
    const text = headers[`x-ratelimit-${name}`];
    return text === undefined ? Number.NaN : Number(text);
  });
  if (!/^[a-z_]{1,40}$/.test(resource)) return undefined;
  if (!isCount(limit) || !isCount(remaining) || !isCount(reset)) return undefined;
  return { resource, limit, remaining, resetAt: reset * 1_000 };
}

function isCount(value: number | undefined): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

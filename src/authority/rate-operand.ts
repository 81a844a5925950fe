import type { Instant } from "../clock.ts";
import { span } from "../diagnosis/span.ts";
import type { Records } from "./limit-operands.ts";
import type { Rate } from "./rate.ts";
import type { Operand } from "./verdict.ts";

export interface RateInput {
  readonly name: "attempts" | "rate";
  /** `this service`. */
  readonly of: string;
  readonly records: Records;
  readonly rates: readonly Rate[];
  readonly now: Instant;
}

/** How often within each sliding window: the first rate that is used up, else the one that is nearest to it. */
export function rateOperand({ name, of, records, rates, now }: RateInput): Operand {
  if (records === "unreadable") {
    const message = `the changes of ${of} in the past couldn't be counted`;
    return { name, tier: "propose", reason: { code: "limits-unreadable", message } };
  }
  const counted = rates
    // A record from the future (clocks differ) counts as one of now.
    .map((rate) => ({ rate, used: records.filter(({ at }) => at > now - rate.windowMs).length }))
    .toSorted((a, b) => a.rate.count - a.used - (b.rate.count - b.used));
  const [nearest] = counted;
  if (nearest === undefined) {
    return { name, tier: "propose", reason: { code: "limits-unreadable", message: `no limit is set for ${of}` } };
  }
  const { rate, used } = nearest;
  const message = `${used} of ${rate.count} changes of ${of} in ${span(rate.windowMs)}`;
  if (used < rate.count) return { name, tier: "merge", reason: { code: "within-limits", message } };
  const code = name === "attempts" ? "attempts-exhausted" : "rate-exceeded";
  return { name, tier: "propose", reason: { code, message } };
}

import { type Tier, tiers } from "./verdict.ts";

/** The lowest of the given tiers; `observe` when there is none, since nothing given is nothing allowed. */
export function minimumTier(given: readonly Tier[]): Tier {
  return tiers.find((tier) => given.includes(tier)) ?? "observe";
}

import { type Tier, tiers } from "./verdict.ts";

/** The first of those that allow least. Of at least one. */
export function lowest<Limit extends { readonly tier: Tier }>(given: readonly Limit[]): Limit {
  return given.reduce((least, each) => (tiers.indexOf(each.tier) < tiers.indexOf(least.tier) ? each : least));
}

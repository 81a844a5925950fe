/** Which targets hold parts of a file, and by which of their claims. */
import type { AssembledTarget } from "./assembled-target.ts";
import type { Claim } from "./claim.ts";
import type { ServiceIndex } from "./service-index.ts";

export interface Holding {
  readonly owner: AssembledTarget;
  readonly claims: readonly Claim[];
}

export function findHoldings(services: ServiceIndex, file: string): readonly Holding[] {
  return services
    .targetsNear(file)
    .map((owner) => ({ owner, claims: owner.claimsIn(file) }))
    .filter(({ claims }) => claims.length > 0);
}

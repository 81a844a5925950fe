import type { Target } from "../target.ts";
import { type Authority, modes } from "./authority.ts";
import type { Condition } from "./conditions/condition.ts";
import { type EffectiveGrant, matchingGrant, strictestRequires } from "./matching-grant.ts";
import { minimumTier } from "./minimum-tier.ts";
import { modeTier } from "./policy-operands.ts";
import { strictestLimits } from "./strictest-limits.ts";

/**
 * What is granted for a change of several targets: the strictest of what is granted for each. Where one has no grant nothing is, but
 * that suggests, so a grant that only observes another one of them still counts.
 */
export function grantForAll(
  authority: Authority,
  action: string,
  targets: readonly Target[],
  holds: (condition: Condition) => boolean,
): EffectiveGrant | undefined {
  const grants = targets.map((target) => matchingGrant(authority, action, target, holds));
  const known = grants.filter((grant) => grant !== undefined);
  if (known.length === 0) return undefined;
  const all = together(known);
  return known.length === grants.length || onlyObserves(all) ? all : undefined;
}

function onlyObserves({ tier, mode }: EffectiveGrant): boolean {
  return minimumTier([tier, modeTier[mode]]) === "observe";
}

function together(grants: readonly EffectiveGrant[]): EffectiveGrant {
  return {
    names: [...new Set(grants.flatMap(({ names }) => names))].toSorted(),
    tier: minimumTier(grants.map(({ tier }) => tier)),
    mode: modes.find((mode) => grants.some((grant) => grant.mode === mode)) ?? "audit",
    vetoWindowMs: Math.max(...grants.map(({ vetoWindowMs }) => vetoWindowMs)),
    limits: strictestLimits(grants.map(({ limits }) => limits)),
    requires: strictestRequires(grants.map(({ requires }) => requires)),
    failed: grants.flatMap(({ failed }) => failed),
  };
}

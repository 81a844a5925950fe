import type { Target } from "../target.ts";
import { type Authority, modes } from "./authority.ts";
import type { Holds } from "./conditions/holds-for.ts";
import { defaultLimits, defaultRequires, defaultVetoWindowMs } from "./defaults.ts";
import { type EffectiveGrant, matchingGrant, strictestRequires } from "./matching-grant.ts";
import { minimumTier } from "./minimum-tier.ts";
import { strictestLimits } from "./strictest-limits.ts";

export interface GrantForAll {
  /** The strictest of what is granted for each; undefined where none of them has a grant. */
  readonly granted: EffectiveGrant | undefined;
  /** Those that have no grant. */
  readonly uncovered: readonly Target[];
  /** What holds for the whole change. The defaults count among them where a target has no grant. */
  readonly terms: Terms;
}

type Terms = Pick<EffectiveGrant, "vetoWindowMs" | "limits" | "requires">;

const defaultTerms: Terms = {
  vetoWindowMs: defaultVetoWindowMs,
  limits: defaultLimits,
  requires: defaultRequires,
};

/** What is granted for a change of several targets. `authority`: undefined grants nothing. */
export function grantForAll(
  authority: Authority | undefined,
  action: string,
  targets: readonly Target[],
  holds: Holds,
): GrantForAll {
  const grants = targets.map(
    (target) => authority && matchingGrant(authority, action, target, (condition) => holds(condition, target)),
  );
  const known = grants.filter((grant) => grant !== undefined);
  const uncovered = targets.filter((_, index) => grants[index] === undefined);
  return {
    granted: known.length === 0 ? undefined : together(known),
    uncovered,
    terms: strictestTerms(uncovered.length === 0 ? known : [...known, defaultTerms]),
  };
}

function together(grants: readonly EffectiveGrant[]): EffectiveGrant {
  return {
    names: [...new Set(grants.flatMap(({ names }) => names))].toSorted(),
    tier: minimumTier(grants.map(({ tier }) => tier)),
    mode: modes.find((mode) => grants.some((grant) => grant.mode === mode)) ?? "audit",
    ...strictestTerms(grants),
    failed: grants.flatMap(({ failed }) => failed),
  };
}

function strictestTerms(terms: readonly Terms[]): Terms {
  return {
    vetoWindowMs: Math.max(...terms.map(({ vetoWindowMs }) => vetoWindowMs)),
    limits: strictestLimits(terms.map(({ limits }) => limits)),
    requires: strictestRequires(terms.map(({ requires }) => requires)),
  };
}

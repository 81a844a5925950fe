/** Which grants hold for an action on a target: the most specific ones, and of those the strictest of everything. */
import type { Target } from "../target.ts";
import { type Authority, type Grant, type Mode, modes } from "./authority.ts";
import type { Condition } from "./conditions/condition.ts";
import { distinct } from "./distinct.ts";
import { isMoreSpecific, matches } from "./matches.ts";
import { minimumTier } from "./minimum-tier.ts";
import { strictestLimits } from "./strictest-limits.ts";
import type { Tier } from "./verdict.ts";

export interface EffectiveGrant {
  readonly names: readonly string[];
  readonly tier: Tier;
  readonly mode: Mode;
  readonly vetoWindowMs: number;
  readonly limits: Grant["limits"];
  readonly requires: Grant["requires"];
  /** What the grants ask for and isn't so. */
  readonly failed: readonly Condition[];
}

/**
 * A grant steps back for one that is at least as specific in environment, service, namespace and action, more specific in
 * one of them, and whose conditions hold. Grants that stay hold together: the lowest tier and the strictest limits count. So a
 * condition that fails can only bring in further grants, and where it leaves none whose conditions hold, nothing is granted. The
 * order in the file means nothing. undefined when no grant matches.
 */
export function matchingGrant(
  authority: Authority,
  action: string,
  target: Target,
  holds: (condition: Condition) => boolean = () => true,
): EffectiveGrant | undefined {
  const matching = authority.grants.filter(({ match }) => matches(match, action, target));
  const valid = matching.filter(({ when }) => when.every(holds));
  const decisive = matching.filter((grant) => !valid.some((other) => isMoreSpecific(other.match, grant.match)));
  if (decisive.length === 0) return undefined;
  const granted = decisive.map(({ tier }) => tier);
  return {
    names: [...new Set(decisive.map(({ name }) => name))].toSorted(),
    tier: minimumTier(decisive.some((grant) => valid.includes(grant)) ? granted : [...granted, "suggest"]),
    mode: modes.find((mode) => decisive.some((grant) => grant.mode === mode)) ?? "audit",
    vetoWindowMs: Math.max(...decisive.map(({ vetoWindowMs }) => vetoWindowMs)),
    limits: strictestLimits(decisive.map(({ limits }) => limits)),
    requires: strictestRequires(decisive.map(({ requires }) => requires)),
    failed: distinct(
      decisive.flatMap(({ when }) => when.filter((condition) => !holds(condition))),
      ({ expression, message }) => `${message}\n${expression}`,
    ),
  };
}

/** The most approvals, by people with the highest permission, given the shortest time ago. Of at least one. */
export function strictestRequires(requires: readonly Grant["requires"][]): Grant["requires"] {
  return {
    approvals: Math.max(...requires.map(({ approvals }) => approvals)),
    permission:
      permissions.findLast((permission) => requires.some((each) => each.permission === permission)) ?? "admin",
    maxAgeMs: Math.min(...requires.map(({ maxAgeMs }) => maxAgeMs)),
  };
}

const permissions = ["write", "maintain", "admin"] as const;

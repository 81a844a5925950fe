/** Which grants hold for an action on a target: the most specific ones, and of those the strictest of everything. */
import type { Target } from "../target.ts";
import type { Authority, Grant } from "./authority.ts";
import { minimumTier } from "./minimum-tier.ts";
import type { Tier } from "./verdict.ts";

export interface EffectiveGrant {
  readonly names: readonly string[];
  readonly tier: Tier;
  readonly vetoWindowMs: number;
  readonly limits: Grant["limits"];
  readonly requires: Grant["requires"];
}

/**
 * A grant steps back for one that is at least as specific in environment, service and action, and more specific in one
 * of them. Grants that can't be compared hold together: the lowest tier and the strictest limits count. The order
 * in the file means nothing. undefined when no grant matches.
 */
export function matchingGrant(authority: Authority, action: string, target: Target): EffectiveGrant | undefined {
  const matching = authority.grants.filter((grant) => matches(grant, action, target));
  const decisive = matching.filter((grant) => !matching.some((other) => isMoreSpecific(other, grant)));
  if (decisive.length === 0) return undefined;
  return {
    names: decisive.map(({ name }) => name).toSorted(),
    tier: minimumTier(decisive.map(({ tier }) => tier)),
    vetoWindowMs: Math.max(...decisive.map(({ vetoWindowMs }) => vetoWindowMs)),
    limits: strictestLimits(decisive.map(({ limits }) => limits)),
    requires: {
      approvals: Math.max(...decisive.map(({ requires }) => requires.approvals)),
      permission:
        permissions.findLast((permission) => decisive.some((grant) => grant.requires.permission === permission)) ??
        "admin",
    },
  };
}

const permissions = ["write", "maintain", "admin"] as const;

function matches({ match }: Grant, action: string, { service, environment }: Target): boolean {
  return selects(match.environments, environment) && selects(match.services, service) && selects(match.actions, action);
}

/** A target without an environment is selected by `*` only. An empty selector selects nothing. */
function selects(selector: readonly string[], name: string | undefined): boolean {
  return selector.includes("*") || (name !== undefined && selector.includes(name));
}

function isMoreSpecific(a: Grant, b: Grant): boolean {
  const pairs = [
    [isExact(a.match.environments), isExact(b.match.environments)],
    [isExact(a.match.services), isExact(b.match.services)],
    [isExact(a.match.actions), isExact(b.match.actions)],
  ] as const;
  return pairs.every(([exactA, exactB]) => exactA || !exactB) && pairs.some(([exactA, exactB]) => exactA && !exactB);
}

function isExact(selector: readonly string[]): boolean {
  return !selector.includes("*");
}

/** The fewest remediations over the longest time is at least as strict as each of them. */
function strictestLimits(limits: readonly Grant["limits"][]): Grant["limits"] {
  return {
    cooldownMs: Math.max(...limits.map(({ cooldownMs }) => cooldownMs)),
    perTarget: {
      count: Math.min(...limits.map(({ perTarget }) => perTarget.count)),
      windowMs: Math.max(...limits.map(({ perTarget }) => perTarget.windowMs)),
    },
    files: Math.min(...limits.map(({ files }) => files)),
    lines: Math.min(...limits.map(({ lines }) => lines)),
  };
}

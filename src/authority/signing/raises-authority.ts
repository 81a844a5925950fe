/**
 * Does a policy allow anything that the one before it didn't? Both are compared wherever grants can tell targets apart, with every
 * combination of conditions that hold or fail. What can't be told for sure counts as a raise.
 */
import { actionNames } from "../../actions/catalogue.ts";
import { digest } from "../../digest.ts";
import type { Target } from "../../target.ts";
import type { Authority, Grant, Limits } from "../authority.ts";
import type { Condition } from "../conditions/condition.ts";
import { defaultLimits, defaultRequires, defaultVetoWindowMs } from "../defaults.ts";
import type { FreezeWindow } from "../freeze/freeze-window.ts";
import { type EffectiveGrant, matchingGrant } from "../matching-grant.ts";
import { minimumTier } from "../minimum-tier.ts";
import { namedTargets } from "../named-targets.ts";
import { modeTier } from "../policy-operands.ts";
import { isAsStrict } from "../rate.ts";
import { tiers } from "../verdict.ts";

/** Of places and combinations. A policy for people has few of both. */
const mostComparisons = 50_000;

export function raisesAuthority(before: Authority, after: Authority): boolean {
  return raisesGrants(before, after) || lifts(before, after) || thaws(before.freeze, after.freeze);
}

function raisesGrants(before: Authority, after: Authority): boolean {
  const grants = [...before.grants, ...after.grants];
  const targets = namedTargets({ grants });
  const expressions = [...new Set(grants.flatMap(({ when }) => when.map(({ expression }) => expression)))];
  const comparisons = targets.length * actionNames.length * 2 ** expressions.length;
  if (targets.length === 0 || comparisons > mostComparisons) return true;
  return choices(expressions).some((held) => {
    const holds = ({ expression }: Condition) => held.includes(expression);
    const granted = (authority: Authority, action: string, target: Target) =>
      matchingGrant(authority, action, target, holds) ?? suggestion;
    return targets.some((target) =>
      actionNames.some((action) => allowsMore(granted(before, action, target), granted(after, action, target))),
    );
  });
}

/** Each way to take some of them, or none. */
function choices(all: readonly string[]): readonly (readonly string[])[] {
  let some: readonly (readonly string[])[] = [[]];
  for (const one of all) some = [...some, ...some.map((each) => [...each, one])];
  return some;
}

type Granted = Omit<EffectiveGrant, "names" | "failed">;

/** What holds where there is no grant. */
const suggestion: Granted = {
  tier: "suggest",
  mode: "enforce",
  vetoWindowMs: defaultVetoWindowMs,
  limits: defaultLimits,
  requires: defaultRequires,
};

/**
 * Times, approvals and limits of a tier at which they hold back nothing may be anything. At any other they may not be looser, not
 * even at a tier that fell: a change of several targets has the lowest of their tiers, and the strictest of everything else.
 */
function allowsMore(before: Granted, after: Granted): boolean {
  const [was, is] = [height(before), height(after)];
  return (
    is > was ||
    (is >= tiers.indexOf("delay") && after.vetoWindowMs < before.vetoWindowMs) ||
    (is >= tiers.indexOf("propose") &&
      (asksLess(before.requires, after.requires) || loosens(before.limits, after.limits)))
  );
}

function height({ tier, mode }: Granted): number {
  return tiers.indexOf(minimumTier([tier, modeTier[mode]]));
}

function asksLess(before: Grant["requires"], after: Grant["requires"]): boolean {
  return (
    after.approvals < before.approvals ||
    permissions.indexOf(after.permission) < permissions.indexOf(before.permission) ||
    after.maxAgeMs > before.maxAgeMs
  );
}

const permissions = ["write", "maintain", "admin"];

function loosens(before: Limits, after: Limits): boolean {
  const counts = ["attempts", "files", "lines", "targets", "replicas", "resources"] as const;
  const rates = ["perTarget", "perService", "perRepository", "perInstallation"] as const;
  return (
    after.cooldownMs < before.cooldownMs ||
    counts.some((key) => after[key] > before[key]) ||
    (before.rendering === "required" && after.rendering !== "required") ||
    rates.some((key) => !before[key].every((rate) => after[key].some((other) => isAsStrict(other, rate))))
  );
}

/** A barrier is gone, or people's pull requests aren't held any more. */
function lifts(before: Authority, after: Authority): boolean {
  return !includes(after.barriers, before.barriers) || (before.gate === "required" && after.gate !== "required");
}

/** Deny windows may come; allow windows may only come where there were none, since each of them opens what the others close. */
function thaws(before: readonly FreezeWindow[], after: readonly FreezeWindow[]): boolean {
  const kind = (windows: readonly FreezeWindow[], wanted: FreezeWindow["kind"]) =>
    windows.filter((window) => window.kind === wanted);
  const [were, are] = [kind(before, "allow"), kind(after, "allow")];
  const isSame = includes(were, are) && includes(are, were);
  return !includes(kind(after, "deny"), kind(before, "deny")) || !(were.length === 0 || isSame);
}

function includes(all: readonly object[], some: readonly object[]): boolean {
  const known = new Set(all.map((each) => digest(each)));
  return some.every((each) => known.has(digest(each)));
}

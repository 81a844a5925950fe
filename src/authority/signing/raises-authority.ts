/**
 * Does a policy allow anything that the one before it didn't? Both are compared wherever grants can tell targets apart, with every
 * combination of conditions that hold or fail. What can't be told for sure counts as a raise.
 */
import { actionNames } from "../../actions/catalogue.ts";
import { digest } from "../../digest.ts";
import type { Authority, Limits } from "../authority.ts";
import type { Condition } from "../conditions/condition.ts";
import type { FreezeWindow } from "../freeze/freeze-window.ts";
import { type EffectiveGrant, matchingGrant } from "../matching-grant.ts";
import { minimumTier } from "../minimum-tier.ts";
import { namedTargets } from "../named-targets.ts";
import { modeTier } from "../policy-operands.ts";
import { isAsStrict } from "../rate.ts";
import { type Tier, tiers } from "../verdict.ts";

/** Of places and combinations. A policy for people has few of both. */
const mostComparisons = 50_000;

export function raisesAuthority(before: Authority, after: Authority): boolean {
  return raisesGrants(before, after) || lifts(before, after) || thaws(before.freeze, after.freeze);
}

function raisesGrants(before: Authority, after: Authority): boolean {
  const grants = [...before.grants, ...after.grants];
  const targets = namedTargets({ grants });
  const expressions = [...new Set(grants.flatMap(({ when }) => when.map(({ expression }) => expression)))];
  const combinations = 2 ** expressions.length;
  if (targets.length === 0 || targets.length * actionNames.length * combinations > mostComparisons) return true;
  for (let combination = 0; combination < combinations; combination++) {
    const holds = ({ expression }: Condition) =>
      Math.floor(combination / 2 ** expressions.indexOf(expression)) % 2 === 1;
    for (const target of targets) {
      for (const action of actionNames) {
        const granted = (authority: Authority) => matchingGrant(authority, action, target, holds);
        if (allowsMore(granted(before), granted(after))) return true;
      }
    }
  }
  return false;
}

function allowsMore(before: EffectiveGrant | undefined, after: EffectiveGrant | undefined): boolean {
  const [was, is] = [tierOf(before), tierOf(after)];
  if (tiers.indexOf(is) > tiers.indexOf(was)) return true;
  // Up to a suggestion nothing is limited, and without a grant nothing is more than one.
  if (before === undefined || after === undefined || is === "observe" || is === "suggest") return false;
  const asks = { was: before.requires, is: after.requires };
  return (
    (was === "delay" && is === "delay" && after.vetoWindowMs < before.vetoWindowMs) ||
    asks.is.approvals < asks.was.approvals ||
    permissions.indexOf(asks.is.permission) < permissions.indexOf(asks.was.permission) ||
    asks.is.maxAgeMs > asks.was.maxAgeMs ||
    loosens(before.limits, after.limits)
  );
}

const permissions = ["write", "maintain", "admin"];

/** No grant means `suggest`. */
function tierOf(grant: EffectiveGrant | undefined): Tier {
  return grant === undefined ? "suggest" : minimumTier([grant.tier, modeTier[grant.mode]]);
}

function loosens(before: Limits, after: Limits): boolean {
  const counts = ["attempts", "files", "lines", "targets"] as const;
  const rates = ["perTarget", "perService", "perRepository", "perInstallation"] as const;
  return (
    after.cooldownMs < before.cooldownMs ||
    counts.some((key) => after[key] > before[key]) ||
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

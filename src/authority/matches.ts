/** Does a selector of a policy cover an action on a target, and which of two says more? */
import type { Target } from "../target.ts";
import type { Match } from "./authority.ts";

export function matches(match: Match, action: string, { service, environment, namespace }: Target): boolean {
  return (
    selects(match.environments, environment) &&
    selects(match.services, service) &&
    selects(match.namespaces, namespace) &&
    selects(match.actions, action)
  );
}

/** What isn't known is selected by `*` only. An empty selector selects nothing. */
function selects(selector: readonly string[], name: string | undefined): boolean {
  return selector.includes("*") || (name !== undefined && selector.includes(name));
}

/** `a` names something wherever `b` does, and somewhere where `b` says any. */
export function isMoreSpecific(a: Match, b: Match): boolean {
  const pairs = dimensions.map((key) => [isExact(a[key]), isExact(b[key])] as const);
  return pairs.every(([exactA, exactB]) => exactA || !exactB) && pairs.some(([exactA, exactB]) => exactA && !exactB);
}

const dimensions = ["environments", "services", "namespaces", "actions"] as const;

function isExact(selector: readonly string[]): boolean {
  return !selector.includes("*");
}

/** Claims on the same service, environment and namespace become a target. */
import type { Target } from "../../target.ts";
import type { Claim } from "./claim.ts";
import { countingItems } from "./counting-items.ts";
import type { PlacementGraph } from "./placement-graph.ts";
import { separateInstances } from "./separate-instances.ts";

export interface AssembledTarget {
  readonly target: Target;
  readonly claims: readonly Claim[];
}

export function assembleTargets(claims: Iterable<Claim>, graph: PlacementGraph): AssembledTarget[] {
  const services = new Map<string, Claim[]>();
  for (const claim of claims) {
    const known = services.get(claim.service);
    if (known === undefined) services.set(claim.service, [claim]);
    else known.push(claim);
  }
  const targets: AssembledTarget[] = [];
  const counting = countingItems(services);
  for (const service of [...services.keys()].sort()) {
    const own = (services.get(service) ?? []).flatMap(counting);
    if (own.some((claim) => claim.rank > 0)) targets.push(...targetsOf(service, own, graph));
  }
  return targets;
}

function* targetsOf(service: string, claims: readonly Claim[], graph: PlacementGraph): Generator<AssembledTarget> {
  const environments = new Set<string>();
  for (const { rank, chain } of claims) if (rank > 0) for (const environment of chain) environments.add(environment);
  const wanted: readonly (string | undefined)[] = environments.size === 0 ? [undefined] : [...environments].sort();
  const byEnvironment = new Map(wanted.map((environment) => [environment, [] as Claim[]]));
  for (const claim of claims) {
    const { chain } = claim;
    const own = chain.length === 0 || environments.size === 0 ? wanted : chain.length === 1 ? chain : new Set(chain);
    for (const environment of own) byEnvironment.get(environment)?.push(claim);
  }
  for (const [environment, here] of byEnvironment) {
    for (const [namespace, members] of byNamespace(here))
      for (const instance of separateInstances(members, graph))
        yield { target: { service, environment, namespace }, claims: instance };
  }
}

/**
 * Only objects that run something divide a target: the same one in two namespaces is two. Otherwise a namespace is told where
 * everything agrees on it.
 */
function byNamespace(claims: readonly Claim[]): readonly (readonly [string | undefined, readonly Claim[]])[] {
  const homes = namespacesOf(claims.filter((claim) => claim.object !== undefined && claim.rank >= 3));
  if (homes.length === 1) return [[homes[0], claims]];
  if (homes.length === 0) {
    const all = namespacesOf(claims.filter((claim) => claim.rank > 0));
    return [[all.length === 1 ? all[0] : undefined, claims]];
  }
  return homes.map((home) => [
    home,
    claims.filter((claim) => claim.namespace === home || claim.namespace === undefined),
  ]);
}

function namespacesOf(claims: readonly Claim[]): readonly string[] {
  return [...new Set(claims.map((claim) => claim.namespace))].filter((name) => name !== undefined).sort();
}

/** Claims on the same service, environment and namespace become a target. */
import { type Target, targetKey } from "../../target.ts";
import type { Claim } from "./claim.ts";
import { countingItems } from "./counting-items.ts";
import type { PlacementGraph } from "./placement-graph.ts";
import { separateInstances } from "./separate-instances.ts";

export interface AssembledTarget {
  readonly target: Target;
  /** `targetKey` of it. */
  readonly key: string;
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
    const own = counting(services.get(service) ?? []);
    if (own.some((claim) => claim.rank > 0)) targets.push(...targetsOf(service, own, graph));
  }
  return targets;
}

function* targetsOf(service: string, claims: readonly Claim[], graph: PlacementGraph): Generator<AssembledTarget> {
  for (const [environment, here] of byEnvironment(claims))
    for (const [namespace, members] of byNamespace(here))
      for (const instance of separateInstances(members, graph)) {
        const target = { service, environment, namespace };
        yield { target, key: targetKey(target), claims: instance };
      }
}

/** In the order of their names. What is in no known environment is in each. */
function byEnvironment(claims: readonly Claim[]): ReadonlyMap<string | undefined, readonly Claim[]> {
  const environments = new Set<string>();
  for (const { rank, chain } of claims) if (rank > 0) for (const environment of chain) environments.add(environment);
  if (environments.size === 0) return new Map([[undefined, claims]]);
  const found = new Map<string, Claim[]>();
  for (const environment of [...environments].sort()) found.set(environment, []);
  for (const claim of claims) {
    const { chain } = claim;
    if (chain.length === 0) for (const list of found.values()) list.push(claim);
    else if (chain.length === 1) found.get(chain[0] ?? "")?.push(claim);
    else for (const environment of new Set(chain)) found.get(environment)?.push(claim);
  }
  return found;
}

/**
 * Only objects that run something divide a target: the same one in two namespaces is two. Otherwise a namespace is told where
 * everything agrees on it.
 */
function byNamespace(claims: readonly Claim[]): readonly (readonly [string | undefined, readonly Claim[]])[] {
  const homes = new Set<string>();
  const all = new Set<string>();
  for (const { namespace, rank, object } of claims) {
    if (namespace === undefined || rank === 0) continue;
    all.add(namespace);
    if (object !== undefined && rank >= 3) homes.add(namespace);
  }
  const [only] = homes.size > 0 ? homes : all;
  if (homes.size <= 1) return [[homes.size === 1 || all.size === 1 ? only : undefined, claims]];
  return [...homes]
    .sort()
    .map((home) => [home, claims.filter((claim) => claim.namespace === home || claim.namespace === undefined)]);
}

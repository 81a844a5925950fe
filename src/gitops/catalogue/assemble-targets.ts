/** Claims on the same service, environment and namespace become a target. */
import { AssembledTarget, isIn, type ServiceClaims } from "./assembled-target.ts";
import { type Claim, type ClaimPlace, chainAround } from "./claim.ts";
import type { PlacementGraph } from "./placement-graph.ts";
import { separateInstances } from "./separate-instances.ts";

/** In the order of environments, namespaces and files. */
export function assembleTargets(
  service: string,
  claims: ServiceClaims,
  graph: PlacementGraph,
): readonly AssembledTarget[] {
  const { places, objects } = summary(claims);
  if (!places.some(({ counts }) => counts)) return [];
  const targets: AssembledTarget[] = [];
  for (const environment of environmentsOf(service, places)) {
    const here = places.filter(({ place }) => isIn({ service }, place, environment));
    for (const { namespace, home } of namespacesOf(here)) {
      const files = filesOf(objects, (place) => isIn({ service }, place, environment) && isAt(place, home));
      for (const instance of separateInstances(files, graph))
        targets.push(new AssembledTarget({ service, environment, namespace }, claims, { environment, home, instance }));
    }
  }
  return targets;
}

/** A place of any of the claims. */
interface Met {
  readonly place: ClaimPlace;
  /** Is there more than what counts only if others say so? */
  readonly counts: boolean;
  /** Does the service itself run there? */
  readonly runs: boolean;
}

interface Summary {
  readonly places: readonly Met[];
  /** Claims for objects. */
  readonly objects: readonly Claim[];
}

/** Most claims share the list of their places with their neighbours. */
function summary({ own, others }: ServiceClaims): Summary {
  const lists = new Map<Claim["places"], { counts: boolean; runs: boolean }>();
  const objects: Claim[] = [];
  let [last, met]: [Claim["places"] | undefined, { counts: boolean; runs: boolean }] = [
    undefined,
    { counts: false, runs: false },
  ];
  for (const claims of [own, others]) {
    for (const claim of claims) {
      const { places, rank, object } = claim;
      if (places !== last) {
        last = places;
        const known = lists.get(places);
        met = known ?? { counts: false, runs: false };
        if (known === undefined) lists.set(places, met);
      }
      if (rank > 0) met.counts = true;
      if (object === undefined) continue;
      objects.push(claim);
      if (rank >= 3) met.runs = true;
    }
  }
  return { places: [...lists].flatMap(([places, told]) => places.map((place) => ({ place, ...told }))), objects };
}

/** In the order of their names; undefined alone where none is known. */
function environmentsOf(service: string, places: readonly Met[]): readonly (string | undefined)[] {
  const found = new Set<string>();
  for (const { place, counts } of places)
    if (counts) for (const environment of chainAround({ service }, place)) found.add(environment);
  return found.size === 0 ? [undefined] : [...found].sort();
}

interface Namespace {
  readonly namespace: string | undefined;
  readonly home: string | undefined;
}

/**
 * Only objects that run something divide a target: the same one in two namespaces is two. Otherwise a namespace is told where
 * everything agrees on it.
 */
function namespacesOf(places: readonly Met[]): readonly Namespace[] {
  const homes = new Set<string>();
  const all = new Set<string>();
  for (const { place, counts, runs } of places) {
    if (place.namespace === undefined || !counts) continue;
    all.add(place.namespace);
    if (runs) homes.add(place.namespace);
  }
  if (homes.size > 1) return [...homes].sort().map((home) => ({ namespace: home, home }));
  const [only] = homes.size > 0 ? homes : all;
  return [{ namespace: homes.size === 1 || all.size === 1 ? only : undefined, home: undefined }];
}

function isAt({ namespace }: ClaimPlace, home: string | undefined): boolean {
  return home === undefined || namespace === undefined || namespace === home;
}

function filesOf(objects: readonly Claim[], isHere: (place: ClaimPlace) => boolean): readonly string[] {
  const files = new Set<string>();
  for (const { places, scope } of objects) if (places.some(isHere)) files.add(scope.file);
  return [...files];
}

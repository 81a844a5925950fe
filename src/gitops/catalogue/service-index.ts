/** All claims by the service that they are for, and the targets that they make. */
import { assembleTargets } from "./assemble-targets.ts";
import type { AssembledTarget, ServiceClaims } from "./assembled-target.ts";
import { type Claim, sameClaims } from "./claim.ts";
import { countingItems, isWeakItem, weakLists } from "./counting-items.ts";
import type { PlacementGraph } from "./placement-graph.ts";
import { mergedByPath, replacedByPath } from "./sorted-paths.ts";

/** What each file's own documents claim, by file. */
export type ClaimsByFile = ReadonlyMap<string, readonly Claim[]>;

interface Service {
  readonly claims: ServiceClaims;
  /** Does more speak of it than items that only count if others say so? */
  readonly isKnown: boolean;
  readonly targets: readonly AssembledTarget[];
}

export interface ClaimChanges {
  /** Files that claim something else than before. */
  readonly files: ReadonlySet<string>;
  /** Files whose objects may belong together otherwise than before. */
  readonly related: Iterable<string>;
}

const none: readonly never[] = [];
const unknown: Service = { claims: { own: none, others: none }, isKnown: false, targets: none };

export class ServiceIndex {
  readonly #services: Map<string, Service>;
  /** In their order. */
  readonly #names: readonly string[];
  readonly #byFile: ClaimsByFile;
  readonly #others: readonly Claim[];
  #othersByFile: ReadonlyMap<string, readonly Claim[]> | undefined;

  private constructor(
    services: Map<string, Service>,
    names: readonly string[],
    byFile: ClaimsByFile,
    others: readonly Claim[],
  ) {
    this.#services = services;
    this.#names = names;
    this.#byFile = byFile;
    this.#others = others;
  }

  /** `byFile` in the order of paths. `others`: what is claimed by whatever is said in other files. */
  static of(byFile: ClaimsByFile, others: readonly Claim[], graph: PlacementGraph): ServiceIndex {
    const own = byService([...byFile.values()]);
    const told = byService([others]);
    const services = new Map<string, Service>();
    for (const name of new Set([...own.keys(), ...told.keys()]))
      services.set(name, read({ own: own.get(name) ?? none, others: told.get(name) ?? none }));
    assemble(services.keys(), services, byFile, graph);
    return new ServiceIndex(services, [...services.keys()].sort(), byFile, others);
  }

  /** The index of other claims. Only services that the changes concern are assembled anew. */
  after(byFile: ClaimsByFile, others: readonly Claim[], graph: PlacementGraph, changes: ClaimChanges): ServiceIndex {
    const services = new Map(this.#services);
    const claimed = [...changes.files].sort();
    const fresh = byService(claimed.map((file) => byFile.get(file) ?? none));
    const [toldBefore, told] = [byService([this.#others]), byService([others])];
    const concerned = new Set(fresh.keys());
    for (const file of claimed) for (const { service } of this.#byFile.get(file) ?? none) concerned.add(service);
    for (const name of new Set([...toldBefore.keys(), ...told.keys()]))
      if (!sameClaims(toldBefore.get(name) ?? none, told.get(name) ?? none)) concerned.add(name);
    for (const name of concerned) {
      const before = this.#services.get(name)?.claims.own ?? none;
      const own = replacedByPath(before, claimed, fresh.get(name) ?? none, ({ scope }) => scope.file);
      services.set(name, read({ own, others: told.get(name) ?? none }));
    }
    for (const name of this.#listMates(concerned, services, byFile, claimed)) concerned.add(name);
    for (const file of changes.related)
      for (const { service, object } of byFile.get(file) ?? none)
        if (object !== undefined && !concerned.has(service) && hasSeveralObjects(services.get(service)))
          concerned.add(service);
    assemble(concerned, services, byFile, graph);
    return new ServiceIndex(services, this.#namesAfter(services, concerned), byFile, others);
  }

  /** Services that stand in a list with one that has changed: whether that is a list of services may be told otherwise now. */
  #listMates(
    concerned: ReadonlySet<string>,
    services: ReadonlyMap<string, Service>,
    byFile: ClaimsByFile,
    claimed: readonly string[],
  ): ReadonlySet<string> {
    const files = new Set(claimed);
    for (const name of concerned) {
      const { claims, isKnown } = services.get(name) ?? unknown;
      if (isKnown === this.#services.get(name)?.isKnown) continue;
      for (const claim of claims.own) if (isWeakItem(claim)) files.add(claim.scope.file);
    }
    const mates = new Set<string>();
    for (const file of files)
      for (const names of weakLists(byFile.get(file) ?? none).values()) for (const name of names) mates.add(name);
    return mates;
  }

  #namesAfter(services: ReadonlyMap<string, Service>, concerned: ReadonlySet<string>): readonly string[] {
    const added = [...concerned].filter((name) => services.has(name) && !this.#services.has(name)).sort();
    const gone = [...concerned].some((name) => !services.has(name) && this.#services.has(name));
    if (added.length === 0 && !gone) return this.#names;
    return mergedByPath(gone ? this.#names.filter((name) => services.has(name)) : this.#names, added, (name) => name);
  }

  /** In the order of services. */
  targets(): readonly AssembledTarget[] {
    const all: AssembledTarget[] = [];
    for (const name of this.#names) for (const target of this.#services.get(name)?.targets ?? none) all.push(target);
    return all;
  }

  /** Targets that may hold a part of the file, in the order of services. */
  targetsNear(file: string): readonly AssembledTarget[] {
    this.#othersByFile ??= Map.groupBy(this.#others, ({ scope }) => scope.file);
    const claims = [...(this.#byFile.get(file) ?? none), ...(this.#othersByFile.get(file) ?? none)];
    const names = new Set(claims.map(({ service }) => service));
    return [...names].sort().flatMap((name) => this.#services.get(name)?.targets ?? none);
  }
}

function byService(lists: Iterable<readonly Claim[]>): Map<string, Claim[]> {
  const found = new Map<string, Claim[]>();
  for (const claims of lists) {
    for (const claim of claims) {
      const known = found.get(claim.service);
      if (known === undefined) found.set(claim.service, [claim]);
      else known.push(claim);
    }
  }
  return found;
}

function read(claims: ServiceClaims): Service {
  const counts = ({ rank }: Claim): boolean => rank > 0;
  return { claims, isKnown: claims.own.some(counts) || claims.others.some(counts), targets: none };
}

/** Puts the targets of these services in; a service without any claim goes. */
function assemble(
  names: Iterable<string>,
  services: Map<string, Service>,
  byFile: ClaimsByFile,
  graph: PlacementGraph,
): void {
  const isKnown = (name: string): boolean => services.get(name)?.isKnown === true;
  const counting = countingItems((file) => byFile.get(file) ?? none, isKnown);
  for (const name of [...names]) {
    const service = services.get(name) ?? unknown;
    const { own, others } = service.claims;
    if (own.length === 0 && others.length === 0) services.delete(name);
    else services.set(name, { ...service, targets: assembleTargets(name, { own: counting(own), others }, graph) });
  }
}

function hasSeveralObjects(service: Service | undefined): boolean {
  const files = new Set<string>();
  for (const { object, scope } of service?.claims.own ?? none) {
    if (object !== undefined) files.add(scope.file);
    if (files.size > 1) return true;
  }
  return false;
}

/** Who draws in which files, and so in which environments and namespaces a file ends up. */
import { directoryOf } from "../directory-of.ts";
import type { DocumentFacts, FileFacts } from "./document-facts.ts";
import { type Environments, sameChain } from "./environments.ts";
import { type Consumer, kustomizedDirectory, LinkIndex } from "./link-index.ts";
import { SharedPlacements } from "./shared-placements.ts";
import { Siblings } from "./siblings.ts";
import { pathsBeginning } from "./sorted-paths.ts";

export interface Placement {
  /** From the outermost environment to the innermost; empty where none is known. */
  readonly chain: readonly string[];
  /** Set by whoever draws the file in; wins over what the document says. */
  readonly namespace: string | undefined;
  /** Where the document says nothing. */
  readonly fallbackNamespace: string | undefined;
  /** What is put around names there. */
  readonly prefix: string;
  readonly suffix: string;
}

export interface PlacementGraph {
  /** At least one; several for a base that several environments draw in. */
  placements(path: string): readonly Placement[];
  /** The file itself and all files that it draws in, directly or not. */
  reachable(path: string): ReadonlySet<string>;
  /** Files that the file draws in itself. */
  drawn(path: string): readonly string[];
  /** The file that a link to the path draws in; undefined for everything below a directory, and for nothing. */
  fileAt(path: string): string | undefined;
  /** Kustomizations that name the file itself. */
  directConsumers(path: string): readonly string[];
  /** Objects that kustomizations apply the file to, as a patch. */
  patchedObjects(path: string): ReadonlySet<string>;
  /** Does a kustomization apply the file as a patch? */
  isPatch(path: string): boolean;
}

/** What differs between two revisions' graphs. */
export interface PlacementChanges {
  /** Files that end up elsewhere. */
  readonly placed: ReadonlySet<string>;
  /** Files that others name, or other ones do, or otherwise. */
  readonly consumed: ReadonlySet<string>;
  /** Files that draw in, directly or not, what has changed. Themselves included. */
  readonly reaching: ReadonlySet<string>;
}

export interface GraphChanges {
  /** Files whose facts differ. */
  readonly changed: ReadonlySet<string>;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Files whose own path says other environments. */
  readonly surrounded: ReadonlySet<string>;
}

const none: readonly never[] = [];
const maxPlacements = 200;
const noPlacement: Placement = {
  chain: [],
  namespace: undefined,
  fallbackNamespace: undefined,
  prefix: "",
  suffix: "",
};

type Files = ReadonlyMap<string, FileFacts>;

export class PlacementIndex implements PlacementGraph {
  readonly #environments: Environments;
  readonly #links: LinkIndex;
  readonly #placements: Map<string, readonly Placement[]>;
  readonly #open = new Set<string>();
  readonly #surroundings = new Map<string, readonly Consumer[]>();
  readonly #reached = new Map<string, ReadonlySet<string>>();
  readonly #siblings = new Siblings();
  readonly #shared = new SharedPlacements();

  private constructor(
    links: LinkIndex,
    environments: Environments,
    placements = new Map<string, readonly Placement[]>(),
  ) {
    this.#links = links;
    this.#environments = environments;
    this.#placements = placements;
  }

  /** `files` in the order of their paths. */
  static of(files: Files, environments: Environments): PlacementIndex {
    const graph = new PlacementIndex(LinkIndex.of(files), environments);
    // In a circle of files it counts which one is asked for first.
    for (const path of files.keys()) graph.placements(path);
    return graph;
  }

  /** The graph of other files. Only what the changes concern is placed anew. */
  after(files: Files, environments: Environments, changes: GraphChanges): PlacementChanges & { graph: PlacementIndex } {
    const { links, targets } = this.#links.after(files, changes.changed);
    const graph = new PlacementIndex(links, environments, new Map(this.#placements));
    const moved = this.#movedTargets(links, changes);
    const { consumed, concerned } = this.#concerned(links, files, new Set([...targets, ...moved]), changes);
    for (const path of concerned) graph.#placements.delete(path);
    for (const path of changes.removed) graph.#placements.delete(path);
    const placed = new Set<string>();
    for (const path of [...concerned].sort()) {
      const [before, now] = [this.#placements.get(path), graph.placements(path)];
      if (before !== undefined && samePlacements(before, now)) graph.#placements.set(path, before);
      else placed.add(path);
    }
    return { graph, placed, consumed, reaching: reaching(links, changes.changed, moved) };
  }

  /** Targets of links that draw in another file than before, or another directory. */
  #movedTargets(links: LinkIndex, { added, removed }: GraphChanges): ReadonlySet<string> {
    const moved = new Set<string>();
    for (const path of [...added, ...removed])
      for (const target of [path, kustomizedDirectory(path)])
        if (
          target !== undefined &&
          links.wantedBy(target).length > 0 &&
          links.fileAt(target) !== this.#links.fileAt(target)
        )
          moved.add(target);
    return moved;
  }

  /** Files that may end up elsewhere, and those among them that links name. */
  #concerned(links: LinkIndex, files: Files, targets: ReadonlySet<string>, changes: GraphChanges) {
    let paths: readonly string[] | undefined;
    const consumed = new Set(changes.added);
    const concerned = new Set<string>([...changes.added, ...changes.surrounded]);
    const drawIn = (target: string, file: string | undefined, into: Set<string>): void => {
      if (file !== undefined) into.add(file);
      else if (target !== "") {
        paths ??= [...files.keys()];
        for (const path of pathsBeginning(paths, `${target}/`)) concerned.add(path);
      }
    };
    for (const target of targets)
      for (const file of new Set([links.fileAt(target), this.#links.fileAt(target)])) drawIn(target, file, consumed);
    for (const path of consumed) if (files.has(path)) concerned.add(path);
    for (const path of concerned)
      for (const target of links.leads(path)) drawIn(target, links.fileAt(target), concerned);
    for (const path of concerned) if (!files.has(path)) concerned.delete(path);
    return { consumed, concerned };
  }

  placements(path: string): readonly Placement[] {
    const known = this.#placements.get(path);
    if (known !== undefined) return known;
    const own = this.#environments.chain(path);
    // Whoever draws nothing in stands in no circle: files that the same ones draw in from one directory end up alike.
    const direct = this.#links.consumers(path);
    const alike = this.#links.draws(path) ? undefined : this.#siblings.find(path, own, direct);
    const result = alike?.placements ?? this.#place(path, own, direct);
    if (alike !== undefined) alike.placements = result;
    this.#placements.set(path, result);
    return result;
  }

  #place(path: string, own: readonly string[], direct: readonly Consumer[]): readonly Placement[] {
    if (this.#open.has(path)) return [noPlacement];
    this.#open.add(path);
    const found = new Set<Placement>();
    for (const consumer of this.#consumersOf(path, direct)) {
      for (const outer of this.placements(consumer.path)) {
        if (found.size >= maxPlacements) break;
        found.add(this.#shared.one(placed(own, consumer, outer, this.#environments)));
      }
    }
    this.#open.delete(path);
    if (found.size === 0) found.add(this.#shared.one({ ...noPlacement, chain: own }));
    return this.#shared.list([...found]);
  }

  #consumersOf(path: string, direct: readonly Consumer[]): readonly Consumer[] {
    const around = this.#above(directoryOf(path));
    if (around.length === 0) return direct;
    return [...direct, ...(this.#links.draws(path) ? around.filter((consumer) => consumer.path !== path) : around)];
  }

  /** Whoever draws in everything below the directory or one around it, the nearest first. */
  #above(directory: string): readonly Consumer[] {
    if (directory === "") return none;
    const known = this.#surroundings.get(directory);
    if (known !== undefined) return known;
    const outer = this.#above(directoryOf(directory));
    const own = this.#links.directoryConsumers(directory);
    const found = own.length === 0 ? outer : [...own, ...outer];
    this.#surroundings.set(directory, found);
    return found;
  }

  reachable(path: string): ReadonlySet<string> {
    const known = this.#reached.get(path);
    if (known !== undefined) return known;
    const seen = new Set([path]);
    for (const file of seen) for (const next of this.#links.drawn(file)) seen.add(next);
    this.#reached.set(path, seen);
    return seen;
  }

  directConsumers(path: string): readonly string[] {
    return this.#links
      .consumers(path)
      .filter(isKustomize)
      .map((consumer) => consumer.path);
  }

  drawn(path: string): readonly string[] {
    return this.#links.drawn(path);
  }

  fileAt(path: string): string | undefined {
    return this.#links.fileAt(path);
  }

  isPatch(path: string): boolean {
    return this.#links.consumers(path).some(({ patch }) => patch);
  }

  patchedObjects(path: string): ReadonlySet<string> {
    const objects = new Set<string>();
    for (const { object } of this.#links.consumers(path)) if (object !== undefined) objects.add(object);
    return objects;
  }
}

/** Whoever draws in one of them, directly or not, and themselves. */
function reaching(links: LinkIndex, changed: ReadonlySet<string>, targets: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set(changed);
  for (const target of targets) for (const { path } of links.wantedBy(target)) found.add(path);
  for (const path of found) for (const consumer of links.consumers(path)) found.add(consumer.path);
  return found;
}

function isSame(a: Placement, b: Placement): boolean {
  const alike = a.namespace === b.namespace && a.fallbackNamespace === b.fallbackNamespace;
  return alike && a.prefix === b.prefix && a.suffix === b.suffix && sameChain(a.chain, b.chain);
}

function samePlacements(a: readonly Placement[], b: readonly Placement[]): boolean {
  return a === b || (a.length === b.length && a.every((placement, at) => isSame(placement, b[at] ?? noPlacement)));
}

function isKustomize(consumer: Consumer): boolean {
  return consumer.document.kind === "Kustomize";
}

function placed(
  own: readonly string[],
  { document, environment }: Consumer,
  outer: Placement,
  environments: Environments,
): Placement {
  const named = environment === undefined ? nameChain(document, environments) : [environment];
  const around = outer.chain.length > 0 ? outer.chain : named;
  const argo = document.controller?.kind === "Application";
  const namespace = document.kind === "Kustomize" ? document.namespace : document.controller?.targetNamespace;
  return {
    chain: combine(own, around),
    // Whoever draws in an Application says where that lives, not what it applies.
    namespace: argo ? undefined : (outer.namespace ?? namespace),
    fallbackNamespace: argo ? namespace : outer.fallbackNamespace,
    prefix: outer.prefix + (document.affix?.prefix ?? ""),
    suffix: (document.affix?.suffix ?? "") + outer.suffix,
  };
}

/** `checkout-production` → [`production`], for controller objects that are told apart by their names alone. */
function nameChain(document: DocumentFacts, environments: Environments): readonly string[] {
  if (document.controller === undefined || document.name === undefined) return [];
  const word = /[-.]([a-z0-9]+)$/.exec(document.name)?.[1];
  return word !== undefined && environments.isEnvironment(word, undefined) ? [word] : [];
}

/** What stands in a file's own path is nearer than whoever draws it in, unless that one only says it more precisely. */
function combine(own: readonly string[], around: readonly string[]): readonly string[] {
  const nearest = own.at(-1);
  return nearest === undefined || around.includes(nearest) ? around : own;
}

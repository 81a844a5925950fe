/** Who draws in which files, and so in which environments and namespaces a file ends up. */
import type { DocumentFacts, FileFacts } from "./document-facts.ts";
import type { Environments } from "./environments.ts";

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
  /** Kustomizations that name the file itself. */
  directConsumers(path: string): readonly string[];
  /** Objects that kustomizations apply the file to, as a patch. */
  patchedObjects(path: string): ReadonlySet<string>;
  /** Does a kustomization apply the file as a patch? */
  isPatch(path: string): boolean;
}

interface Consumer {
  readonly path: string;
  readonly document: DocumentFacts;
  readonly object: string | undefined;
  readonly patch: boolean;
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

export function placementGraph(files: ReadonlyMap<string, FileFacts>, environments: Environments): PlacementGraph {
  const { consumers, directories, drawn, drawers } = connect(files);
  const surroundings = new Map<string, readonly Consumer[]>();
  const siblings = new Siblings(consumers);
  const known = new Map<string, readonly Placement[]>();
  const open = new Set<string>();
  const reached = new Map<string, ReadonlySet<string>>();

  const placements = (path: string): readonly Placement[] => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const own = environments.chain(path);
    // Whoever draws nothing in stands in no circle: files that the same ones draw in from one directory end up alike.
    const alike = drawers.has(path) ? undefined : siblings.find(path, own);
    const result = alike?.placements ?? place(path, own);
    if (alike !== undefined) alike.placements = result;
    known.set(path, result);
    return result;
  };

  const place = (path: string, own: readonly string[]): readonly Placement[] => {
    if (open.has(path)) return [noPlacement];
    open.add(path);
    const found: Placement[] = [];
    for (const consumer of consumersOf(path)) {
      for (const outer of placements(consumer.path)) {
        if (found.length >= maxPlacements) break;
        const placement = placed(own, consumer.document, outer, environments);
        if (!found.some((other) => isSame(other, placement))) found.push(placement);
      }
    }
    open.delete(path);
    return found.length === 0 ? [{ ...noPlacement, chain: own }] : found;
  };

  const consumersOf = (path: string): readonly Consumer[] => {
    const direct = consumers.get(path) ?? none;
    const around = directories.size === 0 ? none : above(directoryOf(path));
    if (around.length === 0) return direct;
    return [...direct, ...(drawers.has(path) ? around.filter((consumer) => consumer.path !== path) : around)];
  };

  /** Whoever draws in everything below the directory or one around it, the nearest first. */
  const above = (directory: string): readonly Consumer[] => {
    if (directory === "") return none;
    const before = surroundings.get(directory);
    if (before !== undefined) return before;
    const outer = above(directoryOf(directory));
    const own = directories.get(directory);
    const found = own === undefined ? outer : [...own, ...outer];
    surroundings.set(directory, found);
    return found;
  };

  return {
    placements,
    reachable(path) {
      const before = reached.get(path);
      if (before !== undefined) return before;
      const seen = new Set([path]);
      for (const file of seen) for (const next of drawn.get(file) ?? []) seen.add(next);
      reached.set(path, seen);
      return seen;
    },
    directConsumers: (path) => (consumers.get(path) ?? []).filter(isKustomize).map((consumer) => consumer.path),
    isPatch: (path) => (consumers.get(path) ?? []).some(({ patch }) => patch),
    patchedObjects(path) {
      const objects = new Set<string>();
      for (const { object } of consumers.get(path) ?? none) if (object !== undefined) objects.add(object);
      return objects;
    },
  };
}

interface Alike {
  placements: readonly Placement[] | undefined;
}

/** Files of one directory, in the same environments, that the same files draw in. */
class Siblings {
  readonly #consumers: ReadonlyMap<string, readonly Consumer[]>;
  readonly #known = new Map<string, { chain: readonly string[]; drawnBy: readonly Consumer[]; alike: Alike }[]>();

  constructor(consumers: ReadonlyMap<string, readonly Consumer[]>) {
    this.#consumers = consumers;
  }

  find(path: string, chain: readonly string[]): Alike {
    const directory = directoryOf(path);
    const drawnBy = this.#consumers.get(path) ?? none;
    const here = this.#known.get(directory) ?? [];
    if (here.length === 0) this.#known.set(directory, here);
    const found = here.find((other) => other.chain === chain && sameConsumers(other.drawnBy, drawnBy));
    if (found !== undefined) return found.alike;
    const alike: Alike = { placements: undefined };
    if (here.length < maxAlike) here.push({ chain, drawnBy, alike });
    return alike;
  }
}

/** Kinds of siblings in one directory that are told apart. */
const maxAlike = 8;

function sameConsumers(a: readonly Consumer[], b: readonly Consumer[]): boolean {
  return (
    a.length === b.length && a.every(({ path, document }, at) => path === b[at]?.path && document === b[at]?.document)
  );
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function isSame(a: Placement, b: Placement): boolean {
  const alike = a.namespace === b.namespace && a.fallbackNamespace === b.fallbackNamespace;
  return alike && a.prefix === b.prefix && a.suffix === b.suffix && sameChain(a.chain, b.chain);
}

function sameChain(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((word, at) => word === b[at]));
}

function isKustomize(consumer: Consumer): boolean {
  return consumer.document.kind === "Kustomize";
}

function placed(
  own: readonly string[],
  document: DocumentFacts,
  outer: Placement,
  environments: Environments,
): Placement {
  const around = outer.chain.length > 0 ? outer.chain : nameChain(document, environments);
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

interface Connections {
  readonly consumers: ReadonlyMap<string, readonly Consumer[]>;
  /** Whoever draws in everything below a directory. */
  readonly directories: ReadonlyMap<string, readonly Consumer[]>;
  readonly drawn: ReadonlyMap<string, readonly string[]>;
  /** All that draw something in. */
  readonly drawers: ReadonlySet<string>;
}

function connect(files: ReadonlyMap<string, FileFacts>): Connections {
  const consumers = new Map<string, Consumer[]>();
  const directories = new Map<string, Consumer[]>();
  const drawn = new Map<string, string[]>();
  const drawers = new Set<string>();
  for (const { path, documents } of files.values()) {
    for (const document of documents) {
      for (const link of document.links) {
        const target = resolveLink(path, link.target, link.from);
        if (target === undefined || target === path) continue;
        const file = files.has(target) ? target : kustomizationIn(files, target);
        if (file === path) continue;
        drawers.add(path);
        if (file === undefined) append(directories, target, { path, document, object: undefined, patch: false });
        else {
          append(consumers, file, { path, document, object: link.object, patch: link.patch === true });
          append(drawn, path, file);
        }
      }
    }
  }
  return { consumers, directories, drawn, drawers };
}

function kustomizationIn(files: ReadonlyMap<string, FileFacts>, directory: string): string | undefined {
  const prefix = directory === "" ? "" : `${directory}/`;
  return ["kustomization.yaml", "kustomization.yml"].map((name) => prefix + name).find((path) => files.has(path));
}

/** A path below the repository's root, without `.` and `..`; undefined where it leads out. */
export function resolveLink(path: string, target: string, from: "file" | "root"): string | undefined {
  const below = from === "file" && !target.startsWith("/");
  // The usual one: a file beside it.
  if (below && !target.includes("/") && target !== "" && target !== "." && target !== "..")
    return path.slice(0, path.lastIndexOf("/") + 1) + target;
  const segments = below ? path.split("/").slice(0, -1) : [];
  for (const segment of target.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.join("/");
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

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
  patchedObjects(path: string): readonly string[];
  /** Does a kustomization apply the file as a patch? */
  isPatch(path: string): boolean;
}

interface Consumer {
  readonly path: string;
  readonly document: DocumentFacts;
  readonly object: string | undefined;
  readonly patch: boolean;
}

const maxPlacements = 200;
const noPlacement: Placement = {
  chain: [],
  namespace: undefined,
  fallbackNamespace: undefined,
  prefix: "",
  suffix: "",
};

export function placementGraph(files: ReadonlyMap<string, FileFacts>, environments: Environments): PlacementGraph {
  const { consumers, directories, drawn } = connect(files);
  const known = new Map<string, readonly Placement[]>();
  const open = new Set<string>();
  const reached = new Map<string, ReadonlySet<string>>();

  const placements = (path: string): readonly Placement[] => {
    const before = known.get(path);
    if (before !== undefined) return before;
    if (open.has(path)) return [noPlacement];
    open.add(path);
    const own = environments.chain(path);
    const found = new Map<string, Placement>();
    for (const consumer of consumersOf(path)) {
      for (const outer of placements(consumer.path)) {
        if (found.size >= maxPlacements) break;
        const placement = place(own, consumer.document, outer, environments);
        found.set(keyOf(placement), placement);
      }
    }
    open.delete(path);
    const result = found.size === 0 ? [{ ...noPlacement, chain: own }] : [...found.values()];
    known.set(path, result);
    return result;
  };

  const consumersOf = (path: string): readonly Consumer[] => {
    const direct = consumers.get(path) ?? [];
    if (directories.size === 0) return direct;
    const above: Consumer[] = [];
    for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1))
      for (const consumer of directories.get(path.slice(0, at)) ?? []) if (consumer.path !== path) above.push(consumer);
    return above.length === 0 ? direct : [...direct, ...above];
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
    patchedObjects: (path) =>
      (consumers.get(path) ?? []).map(({ object }) => object).filter((object) => object !== undefined),
  };
}

function keyOf({ chain, namespace, fallbackNamespace, prefix, suffix }: Placement): string {
  return `${chain.join("/")} ${namespace} ${fallbackNamespace} ${prefix} ${suffix}`;
}

function isKustomize(consumer: Consumer): boolean {
  return consumer.document.kind === "Kustomize";
}

function place(
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
}

function connect(files: ReadonlyMap<string, FileFacts>): Connections {
  const consumers = new Map<string, Consumer[]>();
  const directories = new Map<string, Consumer[]>();
  const drawn = new Map<string, string[]>();
  for (const { path, documents } of files.values()) {
    for (const document of documents) {
      for (const link of document.links) {
        const target = resolveLink(path, link.target, link.from);
        if (target === undefined || target === path) continue;
        const file = files.has(target) ? target : kustomizationIn(files, target);
        if (file === path) continue;
        if (file === undefined) append(directories, target, { path, document, object: undefined, patch: false });
        else {
          append(consumers, file, { path, document, object: link.object, patch: link.patch === true });
          append(drawn, path, file);
        }
      }
    }
  }
  return { consumers, directories, drawn };
}

function kustomizationIn(files: ReadonlyMap<string, FileFacts>, directory: string): string | undefined {
  const prefix = directory === "" ? "" : `${directory}/`;
  return ["kustomization.yaml", "kustomization.yml"].map((name) => prefix + name).find((path) => files.has(path));
}

/** A path below the repository's root, without `.` and `..`; undefined where it leads out. */
export function resolveLink(path: string, target: string, from: "file" | "root"): string | undefined {
  const segments = from === "file" && !target.startsWith("/") ? path.split("/").slice(0, -1) : [];
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

/** Flux's `postBuild`: where the variables of a file are set, and which files a variable is put into. */
import type { DocumentFacts, FileFacts } from "./document-facts.ts";
import type { FileTraits } from "./file-traits.ts";
import type { DataPlace, ObjectIndex } from "./object-index.ts";
import type { PlacementGraph } from "./placement-graph.ts";
import { resolveLink } from "./resolve-link.ts";
import { firstNotBelow } from "./sorted-paths.ts";

export interface Substitution {
  readonly variable: string;
  /** Where it is set: the one that decides. */
  readonly place: DataPlace;
  /** The Kustomization that puts it into the file. */
  readonly by: { readonly file: string; readonly document: DocumentFacts };
  /** The file that it is put into. */
  readonly into: string;
}

export interface Substitutions {
  readonly all: readonly Substitution[];
  /** By the file of the Kustomizations. */
  readonly units: ReadonlyMap<string, SubstitutionUnit>;
  /** Are they those of the revision before? */
  readonly same: boolean;
  into(file: string): readonly Substitution[];
  /** Those that are set in a file. */
  setIn(file: string): readonly Substitution[];
}

/** What the Kustomizations of one file put into others. */
interface SubstitutionUnit {
  readonly all: readonly Substitution[];
  /** Whatever is below them is filled in. */
  readonly directories: readonly string[];
  /** Does it take variables from objects? */
  readonly data: boolean;
}

export interface SubstitutionChanges {
  readonly before: Substitutions;
  /** Files whose facts differ. */
  readonly changed: ReadonlySet<string>;
  /** Files that draw such files in, directly or not. */
  readonly reaching: ReadonlySet<string>;
  /** Have objects that hold data changed? */
  readonly data: boolean;
}

/** A repository with more is told in part. */
const maxSubstitutions = 50_000;

export function findSubstitutions(
  files: ReadonlyMap<string, FileFacts>,
  traits: FileTraits,
  { objects, graph }: { readonly objects: ObjectIndex; readonly graph: PlacementGraph },
  changes?: SubstitutionChanges,
): Substitutions {
  const users = traits.having("variables");
  const paths = users.map(({ path }) => path);
  const units = new Map<string, SubstitutionUnit>();
  const all: Substitution[] = [];
  for (const file of users.length > 0 ? traits.having("substitutes") : []) {
    if (all.length >= maxSubstitutions) break;
    const known = changes?.before.units.get(file.path);
    const unit =
      known !== undefined && changes !== undefined && holds(file.path, known, changes)
        ? known
        : unitOf(file, (applied) => within(users, paths, applied), { files, objects, graph });
    units.set(file.path, unit);
    for (const substitution of unit.all) all.push(substitution);
  }
  const before = changes?.before.units;
  const same = before?.size === units.size && [...units].every(([path, unit]) => before.get(path) === unit);
  const into = Map.groupBy(all, (substitution) => substitution.into);
  const setIn = Map.groupBy(all, ({ place }) => place.file);
  return { all, units, same, into: (file) => into.get(file) ?? [], setIn: (file) => setIn.get(file) ?? [] };
}

function holds(file: string, unit: SubstitutionUnit, { changed, reaching, data }: SubstitutionChanges): boolean {
  if (reaching.has(file) || (data && unit.data)) return false;
  const { directories } = unit;
  return ![...changed].some((path) => directories.some((directory) => isWithin(path, directory)));
}

function isWithin(path: string, directory: string): boolean {
  return directory === "" || path === directory || path.startsWith(`${directory}/`);
}

interface UnitContext {
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly objects: ObjectIndex;
  readonly graph: PlacementGraph;
}

function unitOf(
  { path: file, documents }: FileFacts,
  usersWithin: (applied: Applied) => readonly FileFacts[],
  { files, objects, graph }: UnitContext,
): SubstitutionUnit {
  const all: Substitution[] = [];
  const directories: string[] = [];
  let data = false;
  for (const document of documents) {
    if (document.substitutes === undefined || all.length >= maxSubstitutions) continue;
    const applied = appliedFiles(file, document, files, graph);
    directories.push(...applied.directories);
    data ||= document.substitutes.from.length > 0;
    for (const substitution of substitutionsOf({ file, document }, usersWithin(applied), objects))
      all.push(substitution);
  }
  return { all, directories, data };
}

function substitutionsOf(
  by: Substitution["by"],
  users: readonly FileFacts[],
  objects: ObjectIndex,
): readonly Substitution[] {
  const { file, document } = by;
  const { variables = [], from = [] } = document.substitutes ?? {};
  const own = new Set(variables);
  return users.flatMap(({ path: into, variables: used = [] }) =>
    used.flatMap((variable): Substitution[] => {
      const place = own.has(variable)
        ? { file, document: document.index, path: ["spec", "postBuild", "substitute", variable] }
        : // The last source that has the variable decides.
          from.flatMap(({ kind, name }) => objects.places(file, kind, name, variable)).at(-1);
      return place === undefined ? [] : [{ variable, place, by, into }];
    }),
  );
}

interface Applied {
  readonly files: ReadonlySet<string>;
  /** Everything below them. */
  readonly directories: readonly string[];
}

/** What a Kustomization applies itself: not what other Kustomizations among that apply in turn. */
function appliedFiles(
  file: string,
  { links }: DocumentFacts,
  files: ReadonlyMap<string, FileFacts>,
  graph: PlacementGraph,
): Applied {
  const seen = new Set<string>();
  const directories: string[] = [];
  for (const { target, from } of links) {
    const path = resolveLink(file, target, from);
    const start = path === undefined ? undefined : graph.fileAt(path);
    if (start !== undefined) seen.add(start);
    else if (path !== undefined) directories.push(path);
  }
  for (const path of seen) {
    const documents = files.get(path)?.documents ?? [];
    if (documents.every(({ kind }) => kind === "Kustomize")) for (const next of graph.drawn(path)) seen.add(next);
    else
      for (const { kind, links: inner } of documents)
        for (const { target, from } of kind === "Kustomize" ? inner : []) {
          const next = resolveLink(path, target, from);
          const found = next === undefined ? undefined : graph.fileAt(next);
          if (found !== undefined) seen.add(found);
        }
  }
  return { files: seen, directories };
}

/** Those among `users`, which are in the order of their paths, that are applied. */
function within(users: readonly FileFacts[], paths: readonly string[], applied: Applied): readonly FileFacts[] {
  const found = new Set<number>();
  for (const path of applied.files) {
    const at = firstNotBelow(paths, path);
    if (paths[at] === path) found.add(at);
  }
  for (const directory of applied.directories) {
    const start = directory === "" ? "" : `${directory}/`;
    const from = firstNotBelow(paths, start);
    for (let at = from; paths[at]?.startsWith(start); at++) found.add(at);
  }
  return [...found].sort((a, b) => a - b).flatMap((at) => users[at] ?? []);
}

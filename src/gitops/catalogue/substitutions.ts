/** Flux's `postBuild`: where the variables of a file are set, and which files a variable is put into. */
import type { DocumentFacts, FileFacts } from "./document-facts.ts";
import type { DataPlace, ObjectIndex } from "./object-index.ts";
import { resolveLink } from "./placement-graph.ts";

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
  into(file: string): readonly Substitution[];
  /** Those that are set in a file. */
  setIn(file: string): readonly Substitution[];
}

/** A repository with more is told in part. */
const maxSubstitutions = 50_000;

export function findSubstitutions(files: ReadonlyMap<string, FileFacts>, objects: ObjectIndex): Substitutions {
  const users = [...files.values()].filter(({ variables = [] }) => variables.length > 0);
  const all: Substitution[] = [];
  if (users.length > 0)
    for (const { path: file, documents } of files.values())
      for (const document of documents)
        if (document.substitutes !== undefined && all.length < maxSubstitutions)
          all.push(...substitutionsOf({ file, document }, users, files, objects));
  const [into, setIn] = [new Map<string, Substitution[]>(), new Map<string, Substitution[]>()];
  for (const substitution of all) {
    append(into, substitution.into, substitution);
    append(setIn, substitution.place.file, substitution);
  }
  return { all, into: (file) => into.get(file) ?? [], setIn: (file) => setIn.get(file) ?? [] };
}

function substitutionsOf(
  by: Substitution["by"],
  users: readonly FileFacts[],
  files: ReadonlyMap<string, FileFacts>,
  objects: ObjectIndex,
): readonly Substitution[] {
  const { file, document } = by;
  const { variables = [], from = [] } = document.substitutes ?? {};
  const own = new Set(variables);
  const applies = appliedFiles(file, document, files);
  return users
    .filter(({ path }) => applies(path))
    .flatMap(({ path: into, variables: used = [] }) =>
      used.flatMap((variable): Substitution[] => {
        const place = own.has(variable)
          ? { file, document: document.index, path: ["spec", "postBuild", "substitute", variable] }
          : // The last source that has the variable decides.
            from.flatMap(({ kind, name }) => objects.places(file, kind, name, variable)).at(-1);
        return place === undefined ? [] : [{ variable, place, by, into }];
      }),
    );
}

/** What a Kustomization applies itself: not what other Kustomizations among that apply in turn. */
function appliedFiles(
  file: string,
  { links }: DocumentFacts,
  files: ReadonlyMap<string, FileFacts>,
): (path: string) => boolean {
  const seen = new Set<string>();
  const directories: string[] = [];
  for (const { target, from } of links) {
    const path = resolveLink(file, target, from);
    if (path === undefined) continue;
    const start = kustomizationAt(path, files);
    if (start === undefined) directories.push(path === "" ? "" : `${path}/`);
    else seen.add(start);
  }
  for (const path of seen)
    for (const { kind, links: inner } of files.get(path)?.documents ?? [])
      if (kind === "Kustomize")
        for (const { target, from } of inner) {
          const next = resolveLink(path, target, from);
          const found = next === undefined ? undefined : kustomizationAt(next, files);
          if (found !== undefined) seen.add(found);
        }
  return (path) => seen.has(path) || directories.some((directory) => path.startsWith(directory));
}

function kustomizationAt(path: string, files: ReadonlyMap<string, FileFacts>): string | undefined {
  const prefix = path === "" ? "" : `${path}/`;
  return [path, `${prefix}kustomization.yaml`, `${prefix}kustomization.yml`].find((candidate) => files.has(candidate));
}

function append(map: Map<string, Substitution[]>, key: string, value: Substitution): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

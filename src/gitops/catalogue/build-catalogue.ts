/** Finds what exists in a repository and which bytes control it. Pure: the same files give the same catalogue. */
import { findRoots } from "../rendering/find-roots.ts";
import type { RepositoryFile } from "../repository-file.ts";
import type { Catalogue, FileDiagnostic, Holder } from "./catalogue.ts";
import { type CatalogueStructure, catalogueStructure } from "./catalogue-structure.ts";
import type { FileFacts } from "./document-facts.ts";
import { lazyTargets } from "./lazy-targets.ts";
import { lineIndex } from "./line-index.ts";
import { outermost } from "./outermost.ts";
import { readFile } from "./read-file.ts";

const structures = new WeakMap<Catalogue, CatalogueStructure>();

/**
 * A file that can't be read becomes a diagnostic; everything else still works. A target's fields are read when first asked for.
 * What `before`, the catalogue of another revision, has in common with this one isn't computed again. `unread`: files that aren't
 * among `files`, and why.
 */
export function buildCatalogue(
  files: Iterable<RepositoryFile>,
  before?: Catalogue,
  unread: readonly FileDiagnostic[] = [],
): Catalogue {
  const texts = new Map<string, RepositoryFile>();
  const facts = new Map<string, FileFacts>();
  const diagnostics: FileDiagnostic[] = [];
  for (const file of inOrder(files)) {
    // What Remit itself is told runs nowhere.
    if (file.path.startsWith(".github/")) continue;
    texts.set(file.path, file);
    const reading = readFile(file);
    facts.set(file.path, reading.facts);
    if (reading.diagnostic !== undefined) diagnostics.push(reading.diagnostic);
  }
  diagnostics.push(...unread);
  const known = before === undefined ? undefined : structures.get(before);
  const structure = catalogueStructure(texts, facts, known);
  const targets = lazyTargets(structure, texts);
  const unresolved = structure.unresolved.map(({ file, offset, message }) => ({
    file,
    line: lineIndex(texts.get(file)?.text ?? "")(offset),
    message,
  }));
  const catalogue: Catalogue = {
    targets,
    controllers: structure.controllers,
    get collections() {
      return structure.collections();
    },
    diagnostics,
    unresolved,
    holders: (file: string): readonly Holder[] =>
      structure.holdings(file).map(({ owner: { target }, claims }) => ({
        target,
        scopes: outermost(claims.map(({ scope }) => scope)),
      })),
    rootsOf: (file: string) => findRoots(file, structure.context),
  };
  structures.set(catalogue, structure);
  return catalogue;
}

/** Nearly always in order already. What follows from the files doesn't depend on the order in which they are given. */
function inOrder(files: Iterable<RepositoryFile>): readonly RepositoryFile[] {
  const all = [...files];
  if (all.every(({ path }, at) => at === 0 || (all[at - 1]?.path ?? "") < path)) return all;
  return [...new Map(all.map((file) => [file.path, file])).values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

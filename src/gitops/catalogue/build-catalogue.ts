/** Finds what exists in a repository and which bytes control it. Pure: the same files give the same catalogue. */
import type { RepositoryFile } from "../repository-file.ts";
import type { Catalogue, Collection, FileDiagnostic } from "./catalogue.ts";
import { type CatalogueStructure, catalogueStructure } from "./catalogue-structure.ts";
import type { FileFacts } from "./document-facts.ts";
import { findCollections } from "./find-collections.ts";
import { lazyTargets } from "./lazy-targets.ts";
import { lineIndex } from "./line-index.ts";
import { readFile } from "./read-file.ts";

const structures = new WeakMap<Catalogue, CatalogueStructure>();

/**
 * A file that can't be read becomes a diagnostic; everything else still works. A target's fields are read when first asked for.
 * What `before`, the catalogue of another revision, has in common with this one isn't computed again.
 */
export function buildCatalogue(files: Iterable<RepositoryFile>, before?: Catalogue): Catalogue {
  const texts = new Map<string, RepositoryFile>();
  const facts = new Map<string, FileFacts>();
  const diagnostics: FileDiagnostic[] = [];
  for (const file of files) {
    texts.set(file.path, file);
    const reading = readFile(file);
    facts.set(file.path, reading.facts);
    if (reading.diagnostic !== undefined) diagnostics.push(reading.diagnostic);
  }
  const known = before === undefined ? undefined : structures.get(before);
  const structure = catalogueStructure(texts, facts, known);
  const targets = lazyTargets(structure.assembled, texts, structure.context);
  const unresolved = structure.unresolved.map(({ file, offset, generator }) => ({
    file,
    line: lineIndex(texts.get(file)?.text ?? "")(offset),
    message: `what a ${generator} generator finds isn't in the repository: its applications aren't resolved`,
  }));
  let collections: readonly Collection[] | undefined;
  const catalogue: Catalogue = {
    targets,
    controllers: structure.controllers,
    get collections() {
      collections ??= findCollections(structure.context);
      return collections;
    },
    diagnostics,
    unresolved,
  };
  structures.set(catalogue, structure);
  return catalogue;
}

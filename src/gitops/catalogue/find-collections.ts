/** Kustomizations that draw in services other than their own: a line of theirs decides whether one of those is delivered at all. */
import type { Collection } from "./catalogue.ts";
import type { ClaimContext } from "./document-names.ts";
import { resolveLink } from "./resolve-link.ts";

/** Worked out when somebody first asks. References that somebody commented out count: the services are still the file's business. */
export function findCollections(context: ClaimContext): () => readonly Collection[] {
  let found: readonly Collection[] | undefined;
  return () => {
    found ??= collectionsOf(context);
    return found;
  };
}

function collectionsOf({ files, graph, directoryNames }: ClaimContext): readonly Collection[] {
  const collections: Collection[] = [];
  for (const { path, documents, disabled } of files.values()) {
    const kustomizations = documents.filter(({ kind }) => kind === "Kustomize");
    if (kustomizations.length === 0) continue;
    const own = new Set(directoryNames(path, false));
    const services = new Set<string>();
    for (const reference of [...kustomizations.flatMap(({ links }) => links.map((link) => link.target)), ...disabled]) {
      const target = resolveLink(path, reference, "file") ?? "";
      const directory = /\.ya?ml$/.test(target) ? target : `${target}/kustomization.yaml`;
      for (const name of directoryNames(directory, false)) if (!own.has(name)) services.add(name);
    }
    // One that is about no service itself is a collection even when nothing is left in it.
    if (services.size > 0 || own.size === 0)
      collections.push({ file: path, chains: graph.placements(path).map(({ chain }) => chain) });
  }
  return collections;
}

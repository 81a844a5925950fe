/** What a kustomization draws in, as far as that says what it is about itself. */
import type { DocumentFacts, FileFacts, ItemFacts } from "./document-facts.ts";
import type { PlacementGraph } from "./placement-graph.ts";
import { workloadKinds } from "./read-document.ts";

export interface DrawnFacts {
  /** The name of all that runs there, where that has but one. */
  readonly running: string | undefined;
  /** Are there objects of controllers that live elsewhere than what they apply? */
  readonly controllers: boolean;
  /** Documents with images. */
  readonly imaged: readonly DocumentFacts[];
  /** Entries that give an image another name. */
  readonly renames: readonly ItemFacts[];
  /** Other names that documents of this kind and name have there. */
  aliases(kind: string, name: string): readonly string[];
}

/** Of a file and all that it draws in, itself included. Usually asked for several times in a row. */
export function drawnFacts(files: ReadonlyMap<string, FileFacts>, graph: PlacementGraph): (path: string) => DrawnFacts {
  let last: { readonly path: string; readonly facts: DrawnFacts } | undefined;
  return (path) => {
    if (last?.path !== path) last = { path, facts: readDrawn(graph.reachable(path), files) };
    return last.facts;
  };
}

function readDrawn(reached: ReadonlySet<string>, files: ReadonlyMap<string, FileFacts>): DrawnFacts {
  const names = new Set<string>();
  const imaged: DocumentFacts[] = [];
  const renames: ItemFacts[] = [];
  let controllers = false;
  for (const path of reached) {
    for (const document of files.get(path)?.documents ?? []) {
      const { kind, name, controller, images, items } = document;
      if (kind !== undefined && name !== undefined && runs(kind)) names.add(name);
      if (controller !== undefined && controller.kind !== "HelmRelease") controllers = true;
      if (images.length > 0) imaged.push(document);
      for (const item of items) if (item.newImage !== undefined && item.image !== undefined) renames.push(item);
    }
  }
  const [running] = names;
  // Only patches ask for it.
  let aliases: ReadonlyMap<string, readonly string[]> | undefined;
  return {
    running: names.size === 1 ? running : undefined,
    controllers,
    imaged,
    renames,
    aliases(kind, name) {
      aliases ??= readAliases(reached, files);
      return aliases.get(`${kind} ${name}`) ?? [];
    },
  };
}

function readAliases(
  reached: ReadonlySet<string>,
  files: ReadonlyMap<string, FileFacts>,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const path of reached)
    for (const { kind, name, aliases } of files.get(path)?.documents ?? [])
      if (aliases.length > 0) found.set(`${kind} ${name}`, [...(found.get(`${kind} ${name}`) ?? []), ...aliases]);
  return found;
}

/** Kinds that run something under their own name, or install what does. */
export function runs(kind: string): boolean {
  return workloadKinds.has(kind) || kind === "HelmRelease";
}

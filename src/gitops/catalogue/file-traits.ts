/** Which files have something that is rare: whoever asks for it needn't look into every file. */
import { isValuesFile } from "./chart-facts.ts";
import type { FileFacts } from "./document-facts.ts";
import { mergedByPath } from "./sorted-paths.ts";

const traits = [
  "releases",
  "substitutes",
  "applicationSets",
  "controllers",
  "dependencies",
  "data",
  "variables",
  "charts",
  "values",
  "loose",
] as const;

export type Trait = (typeof traits)[number];

/** In one look: nearly every file has none of them. */
function traitsOf({ path, documents, variables }: FileFacts): readonly Trait[] {
  let found: Set<Trait> | undefined;
  const add = (trait: Trait): void => {
    found ??= new Set();
    found.add(trait);
  };
  for (const { kind, releases, substitutes, applicationSet, controller, dependencies, generators } of documents) {
    if (releases !== undefined) add("releases");
    if (substitutes !== undefined) add("substitutes");
    if (applicationSet !== undefined) add("applicationSets");
    if (controller !== undefined) add("controllers");
    if (dependencies !== undefined) add("dependencies");
    // ConfigMaps and Secrets, and what makes them.
    if (kind === "ConfigMap" || kind === "Secret" || (generators !== undefined && generators.length > 0)) add("data");
  }
  if (variables !== undefined && variables.length > 0) add("variables");
  if (/(?:^|\/)Chart\.ya?ml$/.test(path)) add("charts");
  const [first] = documents;
  if (first?.keys !== undefined) {
    if (isValuesFile(path)) add("values");
    // One mapping of the owners' own shape.
    if (first.kind === undefined && documents.length === 1 && /\.ya?ml$/.test(path)) add("loose");
  }
  return found === undefined ? none : [...found];
}

const none: readonly never[] = [];

type Lists = ReadonlyMap<Trait, readonly FileFacts[]>;

export class FileTraits {
  readonly #lists: Lists;

  private constructor(lists: Lists) {
    this.#lists = lists;
  }

  /** `files` in the order of their paths. */
  static of(files: Iterable<FileFacts>): FileTraits {
    const lists = new Map<Trait, FileFacts[]>(traits.map((trait) => [trait, []]));
    for (const file of files) for (const trait of traitsOf(file)) lists.get(trait)?.push(file);
    return new FileTraits(lists);
  }

  /** Those of other files, of which only the ones at `changed` differ. */
  after(files: ReadonlyMap<string, FileFacts>, changed: ReadonlySet<string>): FileTraits {
    const fresh = FileTraits.of([...changed].sort().flatMap((path) => files.get(path) ?? []));
    const kept = (file: FileFacts): boolean => !changed.has(file.path);
    const lists = new Map<Trait, readonly FileFacts[]>();
    for (const trait of traits) {
      const [known, added] = [this.having(trait), fresh.having(trait)];
      const same = added.length === 0 && known.every(kept);
      lists.set(trait, same ? known : mergedByPath(known.filter(kept), added, ({ path }) => path));
    }
    return new FileTraits(lists);
  }

  /** In the order of their paths. */
  having(trait: Trait): readonly FileFacts[] {
    return this.#lists.get(trait) ?? [];
  }
}

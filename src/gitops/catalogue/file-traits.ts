/** Which files have something that is rare: whoever asks for it needn't look into every file. */
import { isValuesFile } from "./chart-facts.ts";
import type { DocumentFacts, FileFacts } from "./document-facts.ts";
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

const has: Readonly<Record<Trait, (file: FileFacts) => boolean>> = {
  releases: inDocuments(({ releases }) => releases !== undefined),
  substitutes: inDocuments(({ substitutes }) => substitutes !== undefined),
  applicationSets: inDocuments(({ applicationSet }) => applicationSet !== undefined),
  controllers: inDocuments(({ controller }) => controller !== undefined),
  dependencies: inDocuments(({ dependencies }) => dependencies !== undefined),
  // ConfigMaps and Secrets, and what makes them.
  data: inDocuments(
    ({ kind, generators }) =>
      kind === "ConfigMap" || kind === "Secret" || (generators !== undefined && generators.length > 0),
  ),
  variables: ({ variables }) => variables !== undefined && variables.length > 0,
  charts: ({ path }) => /(?:^|\/)Chart\.ya?ml$/.test(path),
  values: ({ path, documents }) => documents[0]?.keys !== undefined && isValuesFile(path),
  // One mapping of the owners' own shape.
  loose: ({ path, documents: [first, ...others] }) =>
    first?.keys !== undefined && first.kind === undefined && others.length === 0 && /\.ya?ml$/.test(path),
};

type Lists = ReadonlyMap<Trait, readonly FileFacts[]>;

export class FileTraits {
  readonly #lists: Lists;

  private constructor(lists: Lists) {
    this.#lists = lists;
  }

  /** `files` in the order of their paths. */
  static of(files: Iterable<FileFacts>): FileTraits {
    const lists = new Map<Trait, FileFacts[]>(traits.map((trait) => [trait, []]));
    for (const file of files) for (const trait of traits) if (has[trait](file)) lists.get(trait)?.push(file);
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

function inDocuments(test: (document: DocumentFacts) => boolean): (file: FileFacts) => boolean {
  return ({ documents }) => documents.some(test);
}

/** What follows from all files' paths and facts together: targets and controllers, almost without the texts. */
import type { RepositoryFile } from "../repository-file.ts";
import type { AssembledTarget } from "./assembled-target.ts";
import type { Collection, ControllerObject } from "./catalogue.ts";
import { type FileChanges, fileChanges } from "./changes.ts";
import { sameClaims } from "./claim.ts";
import { findControllers } from "./controllers.ts";
import { type DerivedClaims, derivedClaims } from "./derived-claims.ts";
import { directoryNames } from "./directory-names.ts";
import type { FileFacts } from "./document-facts.ts";
import type { ClaimContext } from "./document-names.ts";
import { drawnFacts } from "./drawn-facts.ts";
import { EnvironmentIndex } from "./environments.ts";
import { FileTraits } from "./file-traits.ts";
import { findCollections } from "./find-collections.ts";
import { findHoldings, type Holding } from "./find-holdings.ts";
import { findReferences, type Reference } from "./find-references.ts";
import {
  type Generated,
  generatedApplications,
  sameInputs,
  stillGenerated,
  type UnresolvedPart,
} from "./generated-applications.ts";
import { makeClaims } from "./make-claims.ts";
import { objectIndex } from "./object-index.ts";
import { PlacementIndex } from "./placement-graph.ts";
import { RepositoryView } from "./repository-view.ts";
import { type ClaimsByFile, ServiceIndex } from "./service-index.ts";
import { findSubstitutions, type SubstitutionChanges } from "./substitutions.ts";
import { changedByGenerated, withGenerated } from "./with-generated.ts";

export interface CatalogueStructure {
  readonly context: ClaimContext;
  readonly assembled: readonly AssembledTarget[];
  readonly controllers: readonly ControllerObject[];
  readonly collections: () => readonly Collection[];
  /** Of a file. */
  readonly holdings: (file: string) => readonly Holding[];
  /** Of a service. */
  readonly references: (service: string) => readonly Reference[];
  readonly unresolved: readonly UnresolvedPart[];
  /** What the structure of the next revision is made from. */
  readonly parts: Parts;
}

interface Parts {
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly environments: EnvironmentIndex;
  readonly traits: FileTraits;
  readonly generated: Generated;
  /** The files with what ApplicationSets make. */
  readonly all: ReadonlyMap<string, FileFacts>;
  readonly graph: PlacementIndex;
  readonly byFile: ClaimsByFile;
  readonly derived: DerivedClaims;
  readonly services: ServiceIndex;
  readonly context: ClaimContext;
}

type Texts = ReadonlyMap<string, RepositoryFile>;

/**
 * `before` itself where nothing that counts has changed since: a push of new values, the usual one, changes no path and no fact.
 * Otherwise what the changes concern is worked out anew. `texts` and `files` are in the order of their paths.
 */
export function catalogueStructure(
  texts: Texts,
  files: ReadonlyMap<string, FileFacts>,
  before: CatalogueStructure | undefined,
): CatalogueStructure {
  if (before === undefined) return structureOf(firstParts(texts, files));
  const changes = fileChanges(before.parts.files, files);
  if (changes.changed.size === 0 && sameInputs(before.parts.generated, texts)) return before;
  return structureOf(nextParts(texts, files, before.parts, changes));
}

function structureOf(parts: Parts): CatalogueStructure {
  const { traits, generated, all, services, context } = parts;
  return {
    context,
    assembled: services.targets(),
    controllers: findControllers(traits.having("controllers").flatMap(({ path }) => all.get(path) ?? [])),
    collections: findCollections(context),
    holdings: (file) => findHoldings(services, file),
    references: findReferences(context),
    unresolved: generated.unresolved,
    parts,
  };
}

function firstParts(texts: Texts, files: ReadonlyMap<string, FileFacts>): Parts {
  const environments = EnvironmentIndex.of([...files.keys()]);
  const traits = FileTraits.of(files.values());
  const generated = generatedApplications(traits.having("applicationSets"), new RepositoryView(texts));
  const all = withGenerated(files, generated.applications);
  const graph = PlacementIndex.of(all, environments);
  const context = contextOf({ files, environments, traits, graph });
  const byFile = new Map([...files].map(([path, file]) => [path, makeClaims(file, context)]));
  const derived = derivedClaims(generated.applications, context);
  const services = ServiceIndex.of(byFile, derived.claims, graph);
  return { files, environments, traits, generated, all, graph, byFile, derived, services, context };
}

function nextParts(texts: Texts, files: ReadonlyMap<string, FileFacts>, before: Parts, changes: FileChanges): Parts {
  const { environments, surrounded, words } = environmentsAfter(files, before, changes);
  const traits = before.traits.after(files, changes.changed);
  const generated = generatedApplications(
    traits.having("applicationSets"),
    new RepositoryView(texts),
    stillGenerated(before.generated, texts, changes),
  );
  const all = withGenerated(files, generated.applications);
  const changed = new Set([...changes.changed, ...changedByGenerated(before.generated, generated)]);
  const { graph, placed, consumed, reaching } = before.graph.after(all, environments, {
    ...changes,
    changed,
    surrounded,
  });
  const beside = [...reaching].flatMap((path) => graph.drawn(path));
  // A patch is called what the object is called that it is merged into.
  const patches = beside.filter((path) => graph.isPatch(path));
  const concerned = new Set([...changed, ...surrounded, ...placed, ...consumed, ...reaching, ...patches]);
  const data = words.length > 0 || concernsData([...changed, ...consumed], before.files, files);
  const substitutions = { before: before.context.substitutions, reaching, changed, data };
  const context = contextOf({ files, environments, traits, graph }, substitutions);
  const { byFile, claimed } = claimsAfter(before.byFile, files, concerned, context);
  const derived = derivedClaims(generated.applications, context, {
    before: before.derived,
    files: changes,
    concerned,
    data,
  });
  const related = new Set([...consumed, ...beside]);
  const services = before.services.after(byFile, derived.claims, graph, { files: claimed, related });
  return { files, environments, traits, generated, all, graph, byFile, derived, services, context };
}

/** `surrounded`: files that stand in other environments than before, or are called like what is one now, or was. */
function environmentsAfter(files: ReadonlyMap<string, FileFacts>, { environments }: Parts, changes: FileChanges) {
  if (changes.added.length === 0 && changes.removed.length === 0)
    return { environments, surrounded: new Set<string>(), words: [] };
  const { environments: next, changed, words } = environments.after([...files.keys()], changes);
  const surrounded = new Set(changed);
  if (words.length > 0)
    for (const { path, documents } of files.values())
      if (words.some((word) => path.includes(word) || documents.some(({ name }) => name?.endsWith(word))))
        surrounded.add(path);
  return { environments: next, surrounded, words };
}

function contextOf(
  { files, environments, traits, graph }: Pick<Parts, "files" | "environments" | "traits" | "graph">,
  changes?: SubstitutionChanges,
): ClaimContext {
  const objects = objectIndex(files, traits.having("data"), graph);
  return {
    files,
    traits,
    graph,
    environments,
    objects,
    substitutions: findSubstitutions(files, traits, { objects, graph }, changes),
    directoryNames: directoryNames(environments),
    drawn: drawnFacts(files, graph),
  };
}

/** `claimed`: files that claim something else than before. */
function claimsAfter(
  before: ClaimsByFile,
  files: ReadonlyMap<string, FileFacts>,
  concerned: ReadonlySet<string>,
  context: ClaimContext,
): { readonly byFile: ClaimsByFile; readonly claimed: ReadonlySet<string> } {
  const byFile = new Map(before);
  const claimed = new Set<string>();
  for (const path of concerned) {
    const file = files.get(path);
    const [known, claims] = [before.get(path), file === undefined ? [] : makeClaims(file, context)];
    if (file === undefined) byFile.delete(path);
    if (known !== undefined && sameClaims(known, claims)) continue;
    if (file !== undefined) byFile.set(path, claims);
    claimed.add(path);
  }
  return { byFile, claimed };
}

/** Is one of the files one that holds data for others, or was it? */
function concernsData(
  paths: readonly string[],
  before: ReadonlyMap<string, FileFacts>,
  now: ReadonlyMap<string, FileFacts>,
): boolean {
  return paths.some((path) => holdsData(before.get(path)) || holdsData(now.get(path)));
}

function holdsData(file: FileFacts | undefined): boolean {
  return (file?.documents ?? []).some(
    ({ kind, keys, generators = [] }) =>
      keys !== undefined || kind === "ConfigMap" || kind === "Secret" || generators.length > 0,
  );
}

/** What follows from all files' paths and facts together: targets and controllers, without the texts. */
import { type AssembledTarget, assembleTargets } from "./assemble-targets.ts";
import type { Collection, ControllerObject } from "./catalogue.ts";
import type { Claim } from "./claim.ts";
import { findControllers } from "./controllers.ts";
import { directoryNames } from "./directory-names.ts";
import type { FileFacts } from "./document-facts.ts";
import type { ClaimContext } from "./document-names.ts";
import { findEnvironments } from "./environments.ts";
import { findCollections } from "./find-collections.ts";
import { findHoldings, type Holding } from "./find-holdings.ts";
import { findReferences, type Reference } from "./find-references.ts";
import { makeClaims } from "./make-claims.ts";
import { placementGraph } from "./placement-graph.ts";

export interface CatalogueStructure {
  readonly paths: ReadonlySet<string>;
  readonly context: ClaimContext;
  readonly assembled: readonly AssembledTarget[];
  readonly controllers: readonly ControllerObject[];
  readonly collections: () => readonly Collection[];
  /** Of a file. */
  readonly holdings: (file: string) => readonly Holding[];
  /** Of a service. */
  readonly references: (service: string) => readonly Reference[];
}

/**
 * `before` itself where nothing that counts has changed since: a push of new values, the usual one, changes no path and no fact.
 * `paths` are those of all files, `facts` those of the readable ones.
 */
export function catalogueStructure(
  paths: ReadonlySet<string>,
  facts: ReadonlyMap<string, FileFacts>,
  before: CatalogueStructure | undefined,
): CatalogueStructure {
  if (before !== undefined && samePaths(before.paths, paths) && sameFacts(before.context.files, facts)) return before;
  const environments = findEnvironments(paths);
  const graph = placementGraph(facts, environments);
  const context = { files: facts, graph, environments, directoryNames: directoryNames(environments) };
  const claims: Claim[] = [];
  for (const file of facts.values()) for (const claim of makeClaims(file, context)) claims.push(claim);
  const assembled = assembleTargets(claims, graph);
  return {
    paths,
    context,
    assembled,
    controllers: findControllers(facts),
    collections: findCollections(context),
    holdings: findHoldings(assembled),
    references: findReferences(context),
  };
}

function samePaths(before: ReadonlySet<string>, now: ReadonlySet<string>): boolean {
  if (before.size !== now.size) return false;
  for (const path of now) if (!before.has(path)) return false;
  return true;
}

function sameFacts(before: ReadonlyMap<string, FileFacts>, now: ReadonlyMap<string, FileFacts>): boolean {
  if (before.size !== now.size) return false;
  for (const [path, facts] of now) {
    const known = before.get(path);
    if (known !== facts && (known === undefined || JSON.stringify(known) !== JSON.stringify(facts))) return false;
  }
  return true;
}

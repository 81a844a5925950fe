/** What follows from all files' paths and facts together: targets and controllers, almost without the texts. */
import type { RepositoryFile } from "../repository-file.ts";
import { type AssembledTarget, assembleTargets } from "./assemble-targets.ts";
import type { ControllerObject } from "./catalogue.ts";
import { chartClaims } from "./chart-claims.ts";
import type { Claim } from "./claim.ts";
import { findControllers } from "./controllers.ts";
import type { FileFacts } from "./document-facts.ts";
import type { ClaimContext } from "./document-names.ts";
import { findEnvironments } from "./environments.ts";
import { generatedApplications, type UnresolvedGenerator } from "./generated-applications.ts";
import { generatedClaims } from "./generated-claims.ts";
import { makeClaims } from "./make-claims.ts";
import { objectIndex } from "./object-index.ts";
import { placementGraph } from "./placement-graph.ts";
import { releaseClaims } from "./release-claims.ts";
import { RepositoryView } from "./repository-view.ts";
import { substitutionClaims } from "./substitution-claims.ts";
import { findSubstitutions } from "./substitutions.ts";
import { withGenerated } from "./with-generated.ts";

export interface CatalogueStructure {
  readonly paths: ReadonlySet<string>;
  readonly context: ClaimContext;
  readonly assembled: readonly AssembledTarget[];
  readonly controllers: readonly ControllerObject[];
  readonly unresolved: readonly UnresolvedGenerator[];
  /** Texts of the few files whose values count here, by path: what generators read. */
  readonly inputs: ReadonlyMap<string, string>;
}

/**
 * `before` itself where nothing that counts has changed since: a push of new values, the usual one, changes no path and no fact.
 * `texts` are all files, `facts` those of the readable ones.
 */
export function catalogueStructure(
  texts: ReadonlyMap<string, RepositoryFile>,
  facts: ReadonlyMap<string, FileFacts>,
  before: CatalogueStructure | undefined,
): CatalogueStructure {
  const paths = new Set(texts.keys());
  if (
    before !== undefined &&
    samePaths(before.paths, paths) &&
    sameFacts(before.context.files, facts) &&
    sameInputs(before.inputs, texts)
  )
    return before;
  const environments = findEnvironments(paths);
  const view = new RepositoryView(texts);
  const { applications, unresolved } = generatedApplications(facts, view);
  const all = withGenerated(facts, applications);
  const graph = placementGraph(all, environments);
  const objects = objectIndex(facts, graph);
  const context = { files: facts, graph, environments, objects, substitutions: findSubstitutions(facts, objects) };
  const claims: Claim[] = [];
  for (const file of facts.values()) for (const claim of makeClaims(file, context)) claims.push(claim);
  for (const claim of generatedClaims(applications, context)) claims.push(claim);
  for (const claim of releaseClaims(context)) claims.push(claim);
  for (const claim of chartClaims(context)) claims.push(claim);
  for (const claim of substitutionClaims(context)) claims.push(claim);
  const assembled = assembleTargets(claims, graph);
  return { paths, context, assembled, controllers: findControllers(all), unresolved, inputs: view.inputs };
}

function sameInputs(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, RepositoryFile>): boolean {
  for (const [path, text] of before) if (now.get(path)?.text !== text) return false;
  return true;
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

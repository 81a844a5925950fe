/** Finds what exists in a repository and which bytes control it. Pure: the same files give the same catalogue. */
import type { RepositoryFile } from "../repository-file.ts";
import { assembleTargets } from "./assemble-targets.ts";
import type { Catalogue, FileDiagnostic } from "./catalogue.ts";
import type { Claim } from "./claim.ts";
import { findControllers } from "./controllers.ts";
import type { FileFacts } from "./document-facts.ts";
import { findEnvironments } from "./environments.ts";
import { lazyTargets } from "./lazy-targets.ts";
import { makeClaims } from "./make-claims.ts";
import { placementGraph } from "./placement-graph.ts";
import { readFile } from "./read-file.ts";

/** A file that can't be read becomes a diagnostic; everything else still works. A target's fields are read when first asked for. */
export function buildCatalogue(files: Iterable<RepositoryFile>): Catalogue {
  const texts = new Map<string, RepositoryFile>();
  const facts = new Map<string, FileFacts>();
  const diagnostics: FileDiagnostic[] = [];
  for (const file of files) {
    texts.set(file.path, file);
    const reading = readFile(file);
    facts.set(file.path, reading.facts);
    if (reading.diagnostic !== undefined) diagnostics.push(reading.diagnostic);
  }
  const environments = findEnvironments(texts.keys());
  const graph = placementGraph(facts, environments);
  const context = { files: facts, graph, environments };
  const claims: Claim[] = [];
  for (const file of facts.values()) for (const claim of makeClaims(file, context)) claims.push(claim);
  const targets = lazyTargets(assembleTargets(claims, graph), texts, context);
  return { targets, controllers: findControllers(facts), diagnostics };
}

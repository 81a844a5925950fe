/** What an ApplicationSet's applications hold of the files that make them: the template, their own element, and their own file. */
import type { FieldPath } from "./catalogue.ts";
import type { Claim, ClaimRank } from "./claim.ts";
import type { ClaimContext } from "./document-names.ts";
import type { GeneratedApplication } from "./generated-applications.ts";
import { splitEnvironment } from "./split-environment.ts";

export function generatedClaims(
  applications: readonly GeneratedApplication[],
  context: ClaimContext,
): readonly Claim[] {
  const claims = new Map<string, Claim>();
  for (const application of applications) {
    const { file, document, namespace, set } = application;
    const [, tail] = application.name === undefined ? [] : splitEnvironment(application.name, context.environments);
    const parts = [
      { file, document: document.index, path: ["spec", "template"] as FieldPath },
      ...set.elements.map((path) => ({ file, document: document.index, path })),
      ...set.files.map((path) => ({ file: path, document: 0, path: [] })),
    ];
    const chains = chainsOf(application, tail, context);
    const places = chains.map((chain) => ({ chain, namespace, prefix: "", suffix: "" }));
    for (const [service, rank] of servicesOf(application, context))
      for (const scope of parts) {
        const key = JSON.stringify([service, chains, namespace, scope]);
        claims.set(key, { service, scope, rank, object: undefined, places });
      }
  }
  return [...claims.values()];
}

/** Where it runs: as its directory says, or else whoever draws the ApplicationSet in, or its own name. */
function chainsOf({ file, paths }: GeneratedApplication, tail: string | undefined, context: ClaimContext) {
  const [first] = paths;
  const own = first === undefined ? [] : context.environments.chain(`${first}/kustomization.yaml`);
  if (own.length > 0) return [own];
  const chains = context.graph.placements(file).map(({ chain }) => chain);
  return chains.every((chain) => chain.length === 0) && tail !== undefined ? [[tail]] : chains;
}

/** A name that nobody but the cluster completes is none: only the directories tell then. */
function servicesOf(
  { name, paths, set }: GeneratedApplication,
  { environments, directoryNames }: ClaimContext,
): Map<string, ClaimRank> {
  const services = new Map<string, ClaimRank>();
  for (const path of paths)
    for (const service of directoryNames(`${path}/kustomization.yaml`, false)) services.set(service, 1);
  if (name === undefined || set.open) return services;
  services.set(name, 3);
  const [head] = splitEnvironment(name, environments);
  if (head !== undefined) services.set(head, 2);
  return services;
}

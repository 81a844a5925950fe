/** What a release holds beside its own document: the values files that it names, and the ConfigMaps that it takes values from. */
import type { Scope } from "./catalogue.ts";
import type { Claim } from "./claim.ts";
import type { DocumentFacts, FileFacts } from "./document-facts.ts";
import { type ClaimContext, documentNames } from "./document-names.ts";
import type { Placement } from "./placement-graph.ts";
import type { LayerFacts, ReleaseFacts } from "./release-facts.ts";
import { resolveLink } from "./resolve-link.ts";

export function releaseClaims(file: FileFacts, context: ClaimContext): readonly Claim[] {
  return file.documents.flatMap((document) =>
    (document.releases ?? []).flatMap((release) => claimsOf(file, document, release, context)),
  );
}

function claimsOf(
  file: FileFacts,
  document: DocumentFacts,
  release: ReleaseFacts,
  context: ClaimContext,
): readonly Claim[] {
  const parts = [
    ...ownPart(file.path, document, release),
    ...release.layers.flatMap((layer) => partsOf(file.path, document, layer, context)),
    ...environmentParts(file, release, context),
  ];
  if (parts.length === 0) return [];
  const names = namesOf(file, document, release, context);
  const placements = context.graph.placements(file.path);
  return parts.flatMap(({ scope, environment }) => {
    const places = placements.map((placement) => ({
      chain: chainOf(scope.file, environment, placement.chain, context),
      namespace: namespaceOf(document, placement),
      prefix: "",
      suffix: "",
    }));
    return names.map((service): Claim => ({ service, scope, rank: 2, object: undefined, places }));
  });
}

/** What the file's own path says is nearer than where the release is. */
function chainOf(file: string, named: string | undefined, around: readonly string[], context: ClaimContext) {
  const chain = context.environments.chain(file);
  const own = chain.length > 0 || named === undefined ? chain : [named];
  const nearest = own.at(-1);
  return nearest === undefined || around.includes(nearest) ? around : own;
}

/** Only a HelmRelease applies to its own namespace by default. */
function namespaceOf({ controller, kind }: DocumentFacts, { namespace }: Placement): string | undefined {
  return controller?.targetNamespace ?? (kind === "HelmRelease" ? namespace : undefined);
}

function namesOf(
  file: FileFacts,
  document: DocumentFacts,
  release: ReleaseFacts,
  context: ClaimContext,
): readonly string[] {
  if (release.name !== undefined) return [release.name];
  // A chart's own values are its directory's; what it is called there says nothing about who is released from it.
  if (document.kind === undefined) return [];
  return documentNames(file, document, context)
    .filter(({ rank }) => rank >= 2)
    .map(({ name }) => name);
}

interface Part {
  readonly scope: Scope;
  /** Where a placeholder says it. */
  readonly environment: string | undefined;
}

/** An entry of a helmfile, whether it says a version or not. */
function ownPart(file: string, { index: document }: DocumentFacts, { name, path }: ReleaseFacts): readonly Part[] {
  return name === undefined ? [] : [{ scope: { file, document, path }, environment: undefined }];
}

function partsOf(file: string, document: DocumentFacts, layer: LayerFacts, context: ClaimContext): readonly Part[] {
  const { files, objects } = context;
  // The defaults of a chart belong to whoever keeps the chart.
  if (layer.rank < 0) return [];
  if (layer.kind === "object")
    return objects
      .places(file, layer.object, layer.name, layer.key)
      .map((scope) => ({ scope, environment: undefined }));
  if (layer.kind === "per-environment") return perEnvironment(file, layer, context);
  const target = layer.link === undefined ? undefined : resolveLink(file, layer.link.target, layer.link.from);
  if (target === undefined || !files.has(target) || (document.kind === undefined && layer.kind !== "file")) return [];
  return [{ scope: { file: target, document: 0, path: [] }, environment: undefined }];
}

/** What a helmfile's release looks up in the environments' own values; of the only release, all of them. */
function environmentParts(
  { path: file, documents }: FileFacts,
  { reads = [] }: ReleaseFacts,
  { files }: ClaimContext,
): readonly Part[] {
  const isOnly = documents.flatMap(({ releases = [] }) => releases).length === 1;
  const places = documents.flatMap(({ index, environments = [] }) =>
    environments.flatMap(({ environment, entries }) =>
      entries.map((entry) => ({ environment, document: index, entry })),
    ),
  );
  return places.flatMap(({ environment, document, entry }) => {
    const target = "link" in entry ? resolveLink(file, entry.link.target, entry.link.from) : file;
    if (target === undefined || !files.has(target)) return [];
    const [own, around] = "link" in entry ? [0, []] : [document, entry.path];
    return (isOnly ? [[]] : reads).map((read) => ({
      scope: { file: target, document: own, path: [...around, ...read] },
      environment,
    }));
  });
}

/** Files whose paths have one name where the environment's stands. */
function perEnvironment(
  file: string,
  { start, end }: Extract<LayerFacts, { kind: "per-environment" }>,
  { files, environments }: ClaimContext,
): readonly Part[] {
  const found: Part[] = [];
  const [before = "", after] = resolveLink(file, `${start.target}${marker}${end}`, "file")?.split(marker) ?? [];
  if (after === undefined) return found;
  for (const path of files.keys()) {
    if (!path.endsWith(after) || !path.startsWith(before) || path.length <= before.length + after.length) continue;
    const environment = path.slice(before.length, path.length - after.length);
    if (environments.isEnvironment(environment, undefined))
      found.push({ scope: { file: path, document: 0, path: [] }, environment });
  }
  return found;
}

/** Stands in no path. */
const marker = "\u0000";

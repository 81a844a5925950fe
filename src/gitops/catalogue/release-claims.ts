/** What a release holds beside its own document: the values files that it names, and the ConfigMaps that it takes values from. */
import type { Scope } from "./catalogue.ts";
import type { Claim } from "./claim.ts";
import type { DocumentFacts, FileFacts } from "./document-facts.ts";
import { type ClaimContext, documentNames } from "./document-names.ts";
import { resolveLink } from "./placement-graph.ts";
import type { LayerFacts, ReleaseFacts } from "./release-facts.ts";

export function releaseClaims(context: ClaimContext): readonly Claim[] {
  const claims: Claim[] = [];
  for (const file of context.files.values()) {
    for (const document of file.documents) {
      for (const release of document.releases ?? []) {
        const scopes = release.layers.flatMap((layer) => scopesOf(file.path, document, layer, context));
        if (scopes.length === 0) continue;
        const names = namesOf(file, document, release, context);
        for (const { chain, namespace } of context.graph.placements(file.path))
          for (const scope of scopes)
            for (const service of names)
              claims.push({
                service,
                chain: chain.filter((word) => word !== service),
                namespace:
                  document.controller?.targetNamespace ?? (document.kind === "HelmRelease" ? namespace : undefined),
                scope,
                rank: 2,
                object: undefined,
              });
      }
    }
  }
  return claims;
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

function scopesOf(
  file: string,
  document: DocumentFacts,
  layer: LayerFacts,
  { files, objects }: ClaimContext,
): readonly Scope[] {
  // The defaults of a chart belong to whoever keeps the chart.
  if (layer.rank < 0) return [];
  if (layer.kind === "object") return objects.places(file, layer.object, layer.name, layer.key);
  const target = layer.link === undefined ? undefined : resolveLink(file, layer.link.target, layer.link.from);
  if (target === undefined || !files.has(target) || (document.kind === undefined && layer.kind !== "file")) return [];
  return [{ file: target, document: 0, path: [] }];
}

/** Every name that a document, its parts or its directories answer to. */
import type { FieldPath, Scope } from "./catalogue.ts";
import type { Claim, ClaimPlace } from "./claim.ts";
import type { DocumentFacts, FileFacts, ItemFacts } from "./document-facts.ts";
import { type ClaimContext, documentNames } from "./document-names.ts";
import type { Placement } from "./placement-graph.ts";
import { splitEnvironment } from "./split-environment.ts";
import { surroundingName } from "./surrounding-name.ts";

export function makeClaims(file: FileFacts, context: ClaimContext): readonly Claim[] {
  const placements = context.graph.placements(file.path);
  const bare = file.documents.every((document) => document.kind === undefined);
  const named = context.directoryNames(file.path, bare && isConfigurationFormat(file.path));
  const directories = named.length > 0 || !bare ? named : surroundingName(file.path, context.environments);
  if (file.documents.length === 0) return emptyFileClaims(file, directories, placements);
  const claims: Claim[] = [];
  for (const document of file.documents) {
    const scope: Scope = { file: file.path, document: document.index, path: whole };
    const places = placesOf(file, document, placements, context);
    const names = documentNames(file, document, context);
    for (const { name, rank, object } of names) claims.push({ service: name, scope, rank, object, places });
    for (const name of directories)
      if (!names.some((other) => other.rank > 0 && other.name === name))
        claims.push({ service: name, scope, rank: 1, object: undefined, places });
    for (const item of document.items) {
      const part = { ...scope, path: item.path };
      const object = itemObject(document, item);
      const own = item.environment === undefined ? places : placesIn(item.environment, places);
      for (const service of itemNames(item, file, context))
        claims.push({ service, scope: part, rank: item.weak ? 0 : 4, object, places: own });
    }
  }
  return claims;
}

/** What a helper of templates is called says nothing about who it is for. */
function isConfigurationFormat(path: string): boolean {
  return !/\.(?:tpl|libsonnet)$/i.test(path);
}

const whole: FieldPath = [];

/** A file with nothing but comments, and one that can't be read, still has a past and a future. */
function emptyFileClaims(
  file: FileFacts,
  directories: readonly string[],
  places: readonly ClaimPlace[],
): readonly Claim[] {
  const scope: Scope = { file: file.path, document: 0, path: whole };
  return directories.map((service) => ({ service, scope, rank: 1, object: undefined, places }));
}

function itemNames(item: ItemFacts, file: FileFacts, { drawn }: ClaimContext): readonly string[] {
  if (item.image === undefined) return item.names.length < 2 ? item.names : [...new Set(item.names)];
  const { imaged, renames } = drawn(file.path);
  const images = new Set([item.image]);
  // A base may have renamed the image: an overlay then matches the new name.
  if (renames.length > 0)
    for (const image of images)
      for (const other of renames)
        if (other.newImage === image && other.image !== undefined && other !== item) images.add(other.image);
  const users = new Set<string>();
  for (const { name, images: own } of imaged)
    if (name !== undefined && own.some((image) => images.has(image))) users.add(name);
  return users.size > 0 ? [...users] : [...new Set(item.names)];
}

/** The same key inside many objects (`java`, `main`) is no name; inside one it is. */
function itemObject(document: DocumentFacts, item: ItemFacts): string | undefined {
  return document.kind === "Kustomize" ? undefined : `item ${item.path.at(-1)}`;
}

function placesIn(environment: string, places: readonly ClaimPlace[]): readonly ClaimPlace[] {
  return places.map((place) => (place.chain.includes(environment) ? place : { ...place, chain: [environment] }));
}

/** The placements themselves where the document says nothing about its own. */
function placesOf(
  file: FileFacts,
  document: DocumentFacts,
  placements: readonly Placement[],
  context: ClaimContext,
): readonly ClaimPlace[] {
  const { controller, kind, namespace: written } = document;
  const [, tail] = document.name === undefined ? [] : splitEnvironment(document.name, context.environments);
  const own = tail === undefined ? undefined : [tail];
  // A controller object lives elsewhere than what it applies; only a HelmRelease applies to its own namespace by default.
  const elsewhere = controller !== undefined && kind !== "HelmRelease";
  // The namespace of a kustomization of controller objects is where those live.
  const foreign = kind === "Kustomize" && context.drawn(file.path).controllers;
  const namespaceAt = (placement: Placement): string | undefined => {
    if (elsewhere) return controller.targetNamespace;
    if (foreign) return undefined;
    return controller?.targetNamespace ?? placement.namespace ?? written ?? placement.fallbackNamespace;
  };
  let same = true;
  const places = placements.map((placement) => {
    const namespace = namespaceAt(placement);
    const chain = own !== undefined && placement.chain.length === 0 ? own : placement.chain;
    if (namespace === placement.namespace && chain === placement.chain) return placement;
    same = false;
    return { chain, namespace, prefix: placement.prefix, suffix: placement.suffix };
  });
  return same ? placements : places;
}

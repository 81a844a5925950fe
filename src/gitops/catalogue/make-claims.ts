/** Every name that a document, its parts or its directories answer to. */
import type { Scope } from "./catalogue.ts";
import type { Claim } from "./claim.ts";
import { directoryNames } from "./directory-names.ts";
import type { DocumentFacts, FileFacts, ItemFacts } from "./document-facts.ts";
import { type ClaimContext, documentNames } from "./document-names.ts";
import type { Environments } from "./environments.ts";
import type { Placement } from "./placement-graph.ts";
import { splitEnvironment } from "./split-environment.ts";

export function* makeClaims(file: FileFacts, context: ClaimContext): Generator<Claim> {
  for (const claim of namedClaims(file, context)) {
    // `integration/integration`: a name isn't the environment of itself.
    const itself = claim.chain.includes(claim.service);
    yield itself ? { ...claim, chain: claim.chain.filter((word) => word !== claim.service) } : claim;
  }
}

function* namedClaims(file: FileFacts, context: ClaimContext): Generator<Claim> {
  const placements = context.graph.placements(file.path);
  const bare = file.documents.every((document) => document.kind === undefined);
  const directories = directoryNames(file.path, bare, context.environments);
  if (file.documents.length === 0) yield* emptyFile(file, directories, placements);
  for (const document of file.documents) {
    const scope: Scope = { file: file.path, document: document.index, path: [] };
    const names = documentNames(file, document, context);
    const taken = new Set(names.filter(({ rank }) => rank > 0).map(({ name }) => name));
    const items = document.items.map((item) => ({ item, names: itemNames(item, file, context) }));
    for (const placement of placements) {
      const where = whereIs(file, document, placement, context);
      for (const { name, rank, object } of names)
        yield { service: name, ...where, scope, rank, object, runsAs: affixed(name, object, placement) };
      for (const name of directories)
        if (!taken.has(name)) yield { service: name, ...where, scope, rank: 1, object: undefined };
      for (const { item, names: own } of items) {
        const part = { ...scope, path: item.path };
        for (const name of own)
          yield { service: name, ...where, scope: part, rank: 4, object: itemObject(document, item) };
      }
    }
  }
}

/** Only what runs something is met under the name that it has there. */
function affixed(name: string, object: string | undefined, { prefix, suffix }: Placement): string | undefined {
  return object === undefined || (prefix === "" && suffix === "") ? undefined : `${prefix}${name}${suffix}`;
}

/** A file with nothing but comments, and one that can't be read, still has a past and a future. */
function* emptyFile(
  file: FileFacts,
  directories: readonly string[],
  placements: readonly Placement[],
): Generator<Claim> {
  const scope: Scope = { file: file.path, document: 0, path: [] };
  for (const { chain, namespace } of placements)
    for (const service of directories) yield { service, chain, namespace, scope, rank: 1, object: undefined };
}

function itemNames(item: ItemFacts, file: FileFacts, { files, graph }: ClaimContext): readonly string[] {
  if (item.image === undefined) return [...new Set(item.names)];
  const users = new Set<string>();
  const images = new Set([item.image]);
  const reachable = [...graph.reachable(file.path)].map((path) => files.get(path)?.documents ?? []);
  // A base may have renamed the image: an overlay then matches the new name.
  for (const image of images)
    for (const documents of reachable)
      for (const { items } of documents)
        for (const other of items)
          if (other.newImage === image && other.image !== undefined && other !== item) images.add(other.image);
  for (const documents of reachable)
    for (const document of documents)
      if (document.name !== undefined && document.images.some((image) => images.has(image))) users.add(document.name);
  return users.size > 0 ? [...users] : [...new Set(item.names)];
}

/** The same key inside many objects (`java`, `main`) is no name; inside one it is. */
function itemObject(document: DocumentFacts, item: ItemFacts): string | undefined {
  return document.kind === "Kustomize" ? undefined : `item ${item.path.at(-1)}`;
}

function whereIs(
  file: FileFacts,
  document: DocumentFacts,
  placement: Placement,
  context: ClaimContext,
): { readonly chain: readonly string[]; readonly namespace: string | undefined } {
  const chain = placement.chain.length > 0 ? placement.chain : nameChain(document, context.environments);
  return { chain, namespace: namespaceOf(file, document, placement, context) };
}

function nameChain(document: DocumentFacts, environments: Environments): readonly string[] {
  const [, tail] = document.name === undefined ? [] : splitEnvironment(document.name, environments);
  return tail === undefined ? [] : [tail];
}

/** A controller object lives elsewhere than what it applies; only a HelmRelease applies to its own namespace by default. */
function namespaceOf(
  file: FileFacts,
  document: DocumentFacts,
  placement: Placement,
  context: ClaimContext,
): string | undefined {
  const { controller, kind, namespace } = document;
  if (controller !== undefined && kind !== "HelmRelease") return controller.targetNamespace;
  if (kind === "Kustomize" && drawsInControllers(file.path, context)) return undefined;
  return controller?.targetNamespace ?? placement.namespace ?? namespace ?? placement.fallbackNamespace;
}

/** The namespace of a kustomization of controller objects is where those live. */
function drawsInControllers(path: string, { files, graph }: ClaimContext): boolean {
  for (const reached of graph.reachable(path))
    for (const { controller } of files.get(reached)?.documents ?? [])
      if (controller !== undefined && controller.kind !== "HelmRelease") return true;
  return false;
}

/** Every name that a document, its parts or its directories answer to. */
import type { FieldPath, Scope } from "./catalogue.ts";
import type { Claim } from "./claim.ts";
import type { DocumentFacts, FileFacts, ItemFacts } from "./document-facts.ts";
import { type ClaimContext, documentNames } from "./document-names.ts";
import type { Placement } from "./placement-graph.ts";
import { splitEnvironment } from "./split-environment.ts";
import { surroundingName } from "./surrounding-name.ts";

export function makeClaims(file: FileFacts, context: ClaimContext): readonly Claim[] {
  const claims: Claim[] = [];
  const claim = (service: string, where: Where, rest: Hold): void => {
    // `integration/integration`: a name isn't the environment of itself.
    const chain = where.chain.includes(service) ? where.chain.filter((word) => word !== service) : where.chain;
    const { scope, rank, object, runsAs } = rest;
    claims.push({ service, chain, namespace: where.namespace, scope, rank, object, runsAs });
  };
  const placements = context.graph.placements(file.path);
  const bare = file.documents.every((document) => document.kind === undefined);
  const named = context.directoryNames(file.path, bare && isConfigurationFormat(file.path));
  const directories = named.length > 0 || !bare ? named : surroundingName(file.path, context.environments);
  if (file.documents.length === 0) claimEmptyFile(file, directories, placements, claim);
  for (const document of file.documents) {
    const scope: Scope = { file: file.path, document: document.index, path: whole };
    const names = documentNames(file, document, context);
    const loose = directories.filter((name) => !names.some((other) => other.rank > 0 && other.name === name));
    const items = document.items.map((item) => ({
      names: itemNames(item, file, context),
      hold: {
        scope: { ...scope, path: item.path },
        rank: item.weak ? 0 : 4,
        object: itemObject(document, item),
      } as const,
    }));
    const whereIs = locator(file, document, context);
    const looseHold: Hold = { scope, rank: 1, object: undefined };
    for (const placement of placements) {
      const where = whereIs(placement);
      for (const { name, rank, object } of names)
        claim(name, where, { scope, rank, object, runsAs: affixed(name, object, placement) });
      for (const name of loose) claim(name, where, looseHold);
      for (const { names: own, hold } of items) for (const name of own) claim(name, where, hold);
    }
  }
  return claims;
}

/** What a helper of templates is called says nothing about who it is for. */
function isConfigurationFormat(path: string): boolean {
  return !/\.(?:tpl|libsonnet)$/i.test(path);
}

const whole: FieldPath = [];

interface Where {
  readonly chain: readonly string[];
  readonly namespace: string | undefined;
}

type Hold = Pick<Claim, "scope" | "rank" | "object" | "runsAs">;

/** Only what runs something is met under the name that it has there. */
function affixed(name: string, object: string | undefined, { prefix, suffix }: Placement): string | undefined {
  return object === undefined || (prefix === "" && suffix === "") ? undefined : `${prefix}${name}${suffix}`;
}

/** A file with nothing but comments, and one that can't be read, still has a past and a future. */
function claimEmptyFile(
  file: FileFacts,
  directories: readonly string[],
  placements: readonly Placement[],
  claim: (service: string, where: Where, hold: Hold) => void,
): void {
  const scope: Scope = { file: file.path, document: 0, path: whole };
  for (const placement of placements)
    for (const service of directories) claim(service, placement, { scope, rank: 1, object: undefined });
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

function locator(file: FileFacts, document: DocumentFacts, context: ClaimContext): (placement: Placement) => Where {
  const { controller, kind, namespace: written } = document;
  const [, tail] = document.name === undefined ? [] : splitEnvironment(document.name, context.environments);
  const own = tail === undefined ? [] : [tail];
  // A controller object lives elsewhere than what it applies; only a HelmRelease applies to its own namespace by default.
  const elsewhere = controller !== undefined && kind !== "HelmRelease";
  const foreign = kind === "Kustomize" && drawsInControllers(file.path, context);
  return (placement) => {
    const chain = placement.chain.length > 0 ? placement.chain : own;
    if (elsewhere) return { chain, namespace: controller.targetNamespace };
    if (foreign) return { chain, namespace: undefined };
    const { namespace = written ?? placement.fallbackNamespace } = placement;
    return { chain, namespace: controller?.targetNamespace ?? namespace };
  };
}

/** The namespace of a kustomization of controller objects is where those live. */
function drawsInControllers(path: string, { files, graph }: ClaimContext): boolean {
  for (const reached of graph.reachable(path))
    for (const { controller } of files.get(reached)?.documents ?? [])
      if (controller !== undefined && controller.kind !== "HelmRelease") return true;
  return false;
}

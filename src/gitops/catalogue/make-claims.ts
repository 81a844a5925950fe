/** Every name that a document, its parts or its directories answer to. */
import type { Scope } from "./catalogue.ts";
import type { Claim, ClaimRank } from "./claim.ts";
import type { DocumentFacts, FileFacts, ItemFacts } from "./document-facts.ts";
import { type Environments, stem } from "./environments.ts";
import type { Placement, PlacementGraph } from "./placement-graph.ts";
import { workloadKinds } from "./read-document.ts";
import { namesService } from "./words.ts";

/** Kinds that only accompany what runs: their name counts where something else has it too. */
const companionKind =
  /^(?:ConfigMap|Secret|Service|ServiceAccount|Ingress|IngressRoute|HTTPRoute|Route|VirtualService|DestinationRule|Gateway|Namespace|(?:Cluster)?Role(?:Binding)?|NetworkPolicy|PodDisruptionBudget|HorizontalPodAutoscaler|VerticalPodAutoscaler|ScaledObject|PersistentVolume(?:Claim)?|ServiceMonitor|PodMonitor|PrometheusRule|CustomResourceDefinition|LimitRange|ResourceQuota|\w*Secret\w*|ImagePolicy|ImageRepository|ImageUpdateAutomation|HelmRepository|GitRepository|OCIRepository|Certificate|PriorityClass|StorageClass|AppProject|Group|User)$/;

export interface ClaimContext {
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly graph: PlacementGraph;
  readonly environments: Environments;
}

export function* makeClaims(file: FileFacts, context: ClaimContext): Generator<Claim> {
  const placements = context.graph.placements(file.path);
  const directories = directoryNames(file, context.environments);
  if (file.documents.length === 0) yield* emptyFile(file, directories, placements);
  for (const document of file.documents) {
    const scope: Scope = { file: file.path, document: document.index, path: [] };
    const names = documentNames(file, document, context);
    const taken = new Set(names.map((entry) => entry.name));
    for (const placement of placements) {
      const where = whereIs(document, placement, context.environments);
      for (const { name, rank, object } of names) yield { service: name, ...where, scope, rank, object };
      for (const name of directories)
        if (!taken.has(name)) yield { service: name, ...where, scope, rank: 1, object: undefined };
      for (const item of document.items)
        for (const name of itemNames(item, file, context))
          yield {
            service: name,
            ...where,
            scope: { ...scope, path: item.path },
            rank: 4,
            object: itemObject(document, item),
          };
    }
  }
}

/** A file with nothing but comments still has a past and a future. */
function* emptyFile(
  file: FileFacts,
  directories: readonly string[],
  placements: readonly Placement[],
): Generator<Claim> {
  const scope: Scope = { file: file.path, document: 0, path: [] };
  for (const { chain, namespace } of placements)
    for (const service of directories) yield { service, chain, namespace, scope, rank: 1, object: undefined };
}

interface DocumentName {
  readonly name: string;
  readonly rank: ClaimRank;
  readonly object: string | undefined;
}

function documentNames(file: FileFacts, document: DocumentFacts, context: ClaimContext): DocumentName[] {
  const { kind, name } = document;
  const names: DocumentName[] = [];
  if (kind === "Kustomize") {
    const running = runningNames(file.path, context);
    if (running.size === 1) for (const only of running) names.push({ name: only, rank: 3, object: undefined });
    return names;
  }
  if (name !== undefined) {
    const companion = kind !== undefined && companionKind.test(kind);
    const object = kind !== undefined && runs(kind) ? `${kind} ${name}` : undefined;
    names.push({ name, rank: companion ? 0 : 3, object });
    const [head, tail] = splitEnvironment(name, context.environments);
    if (head !== undefined && tail !== undefined && !companion) names.push({ name: head, rank: 2, object });
  }
  for (const alias of document.aliases)
    if (!names.some((entry) => entry.name === alias)) names.push({ name: alias, rank: 2, object: undefined });
  return names;
}

function runs(kind: string): boolean {
  return workloadKinds.has(kind) || kind === "HelmRelease";
}

/** Names of the workloads that a kustomization draws in. */
function runningNames(path: string, { files, graph }: ClaimContext): ReadonlySet<string> {
  const names = new Set<string>();
  for (const reached of graph.reachable(path))
    for (const { kind, name } of files.get(reached)?.documents ?? [])
      if (kind !== undefined && name !== undefined && runs(kind)) names.add(name);
  return names;
}

function itemNames(item: ItemFacts, file: FileFacts, { files, graph }: ClaimContext): readonly string[] {
  if (item.image === undefined) return [...new Set(item.names)];
  const users = new Set<string>();
  for (const reached of graph.reachable(file.path))
    for (const document of files.get(reached)?.documents ?? [])
      if (document.name !== undefined && document.images.includes(item.image)) users.add(document.name);
  return users.size > 0 ? [...users] : [...new Set(item.names)];
}

/** The same key inside many objects (`java`, `main`) is no name; inside one it is. */
function itemObject(document: DocumentFacts, item: ItemFacts): string | undefined {
  return document.kind === "Kustomize" ? undefined : `item ${item.path.at(-1)}`;
}

/** Every directory above the file, and the file's own name where it is no Kubernetes object, that isn't generic or an environment. */
function directoryNames(file: FileFacts, environments: Environments): readonly string[] {
  const segments = file.path.split("/");
  const own = stem(segments.pop() ?? "");
  const around = new Set(environments.chain(file.path));
  const names = new Set(
    segments.filter((segment, index) => namesService(segment, segments[index - 1]) && !around.has(segment)),
  );
  if (file.documents.every((document) => document.kind === undefined)) {
    const bare = own.replace(/[-._]?(?:values|config|versions?)$/, "").replace(/^(?:values|config)[-._]/, "");
    const [head] = splitEnvironment(bare, environments);
    const name = head ?? bare;
    if (namesService(name, undefined) && !environments.isEnvironment(name, undefined)) names.add(name);
  }
  return [...names];
}

/** `checkout-production` → [`checkout`, `production`]. */
function splitEnvironment(name: string, environments: Environments): readonly [head?: string, tail?: string] {
  const match = /^(.+)[-.]([a-z0-9]+)$/.exec(name);
  const [, head, tail] = match ?? [];
  return head !== undefined && tail !== undefined && environments.isEnvironment(tail, undefined) ? [head, tail] : [];
}

function whereIs(
  document: DocumentFacts,
  placement: Placement,
  environments: Environments,
): { readonly chain: readonly string[]; readonly namespace: string | undefined } {
  const [, tail] = document.name === undefined ? [] : splitEnvironment(document.name, environments);
  const chain = placement.chain.length > 0 || tail === undefined ? placement.chain : [tail];
  return { chain, namespace: namespaceOf(document, placement) };
}

/** A controller object lives elsewhere than what it applies; only a HelmRelease applies to its own namespace by default. */
function namespaceOf(document: DocumentFacts, placement: Placement): string | undefined {
  const { controller, kind, namespace } = document;
  if (controller !== undefined && kind !== "HelmRelease") return controller.targetNamespace;
  return controller?.targetNamespace ?? placement.namespace ?? namespace ?? placement.fallbackNamespace;
}

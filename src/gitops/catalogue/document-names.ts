/** The names that an object answers to, and how surely each means it. */
import type { ClaimRank } from "./claim.ts";
import type { DocumentFacts, FileFacts } from "./document-facts.ts";
import type { Environments } from "./environments.ts";
import type { ObjectIndex } from "./object-index.ts";
import type { PlacementGraph } from "./placement-graph.ts";
import { workloadKinds } from "./read-document.ts";
import { splitEnvironment } from "./split-environment.ts";
import type { Substitutions } from "./substitutions.ts";

/** Kinds that only accompany what runs: their name counts where something else has it too. */
const companionKind =
  /^(?:ConfigMap|Secret|Service|ServiceAccount|Ingress|IngressRoute|HTTPRoute|Route|VirtualService|DestinationRule|Gateway|Namespace|(?:Cluster)?Role(?:Binding)?|NetworkPolicy|PodDisruptionBudget|HorizontalPodAutoscaler|VerticalPodAutoscaler|ScaledObject|PersistentVolume(?:Claim)?|ServiceMonitor|PodMonitor|PrometheusRule|CustomResourceDefinition|LimitRange|ResourceQuota|\w*Secret\w*|ImagePolicy|ImageRepository|ImageUpdateAutomation|HelmRepository|GitRepository|OCIRepository|Certificate|PriorityClass|StorageClass|AppProject|Group|User)$/;

export interface ClaimContext {
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly graph: PlacementGraph;
  readonly environments: Environments;
  readonly objects: ObjectIndex;
  readonly substitutions: Substitutions;
}

export interface DocumentName {
  readonly name: string;
  readonly rank: ClaimRank;
  readonly object: string | undefined;
}

export function documentNames(file: FileFacts, document: DocumentFacts, context: ClaimContext): DocumentName[] {
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
  if (kind === undefined)
    for (const patched of new Set(context.graph.patchedObjects(file.path)))
      names.push({ name: patched, rank: 3, object: undefined });
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

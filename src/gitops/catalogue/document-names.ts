/** The names that an object answers to, and how surely each means it. */
import type { ClaimRank } from "./claim.ts";
import type { DirectoryNames } from "./directory-names.ts";
import type { DocumentFacts, FileFacts } from "./document-facts.ts";
import { type DrawnFacts, runs } from "./drawn-facts.ts";
import type { Environments } from "./environments.ts";
import type { FileTraits } from "./file-traits.ts";
import type { ObjectIndex } from "./object-index.ts";
import type { PlacementGraph } from "./placement-graph.ts";
import { splitEnvironment } from "./split-environment.ts";
import type { Substitutions } from "./substitutions.ts";

/** Kinds that only accompany what runs: their name counts where something else has it too. */
const companionKinds: ReadonlySet<string> = new Set(
  (
    "ConfigMap Secret Service ServiceAccount Ingress IngressRoute HTTPRoute Route VirtualService DestinationRule Gateway Namespace Role " +
    "ClusterRole RoleBinding ClusterRoleBinding NetworkPolicy PodDisruptionBudget HorizontalPodAutoscaler VerticalPodAutoscaler " +
    "ScaledObject PersistentVolume PersistentVolumeClaim ServiceMonitor PodMonitor PrometheusRule CustomResourceDefinition LimitRange " +
    "ResourceQuota ImagePolicy ImageRepository ImageUpdateAutomation HelmRepository GitRepository OCIRepository Certificate PriorityClass " +
    "StorageClass AppProject Group User"
  ).split(" "),
);

export interface ClaimContext {
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly traits: FileTraits;
  readonly graph: PlacementGraph;
  readonly environments: Environments;
  readonly directoryNames: DirectoryNames;
  readonly drawn: (path: string) => DrawnFacts;
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
    const { running } = context.drawn(file.path);
    if (running !== undefined) names.push({ name: running, rank: 3, object: undefined });
    return names;
  }
  if (name !== undefined) {
    const companion = kind !== undefined && isCompanion(kind);
    const object = kind !== undefined && runs(kind) ? `${kind} ${name}` : undefined;
    names.push({ name, rank: companion ? 0 : 3, object });
    const [head, tail] = splitEnvironment(name, context.environments);
    if (head !== undefined && tail !== undefined && !companion) names.push({ name: head, rank: 2, object });
  }
  if (kind === undefined)
    for (const patched of context.graph.patchedObjects(file.path))
      names.push({ name: patched, rank: 3, object: undefined });
  for (const alias of [...document.aliases, ...patchedAliases(file, document, context)])
    if (!names.some((entry) => entry.name === alias)) names.push({ name: alias, rank: 2, object: undefined });
  return names;
}

/** What the object is called besides, by the document that a patch of it is merged into: a patch says only what it changes. */
function patchedAliases({ path }: FileFacts, { kind, name }: DocumentFacts, { graph, drawn }: ClaimContext): string[] {
  if (name === undefined || kind === undefined || !graph.isPatch(path)) return [];
  return graph.directConsumers(path).flatMap((kustomization) => drawn(kustomization).aliases(kind, name));
}

function isCompanion(kind: string): boolean {
  return companionKinds.has(kind) || (kind.includes("Secret") && /^\w*$/.test(kind));
}

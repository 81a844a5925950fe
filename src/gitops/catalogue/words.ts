/** What path segments mean by convention. Only hints: identities come from what the repository itself holds. */

/** Each line is one environment in its usual spellings. */
const spellings = [
  "production prod prd live",
  "staging stage stg",
  "development develop devel dev",
  "test tst testing",
  "preproduction pre-production preprod pre-prod ppe",
  "qa quality",
  "uat acceptance acc",
  "sit",
  "integration int",
  "sandbox sbox sbx",
  "demo",
  "preview",
  "performance perf perftest",
  "nonproduction non-production nonprod non-prod",
  "canary",
  "lab",
  "local",
  "ci",
  "e2e",
  "dr",
].map((line) => line.split(" "));

const groups = new Map(spellings.flatMap((words) => words.map((word) => [word, words[0] ?? word] as const)));

/** `prd` → `production`; undefined for a word that isn't known as an environment. */
export function environmentGroup(word: string): string | undefined {
  return groups.get(word.toLowerCase());
}

/** Is one of the words of the name an environment? `eu-prd-1`. */
export function namesEnvironment(name: string): boolean {
  return name.split(/[-._]/).some((word) => environmentGroup(word) !== undefined);
}

/** Directories whose children are environments. */
export const environmentParents: ReadonlySet<string> = new Set(
  "overlays overlay environments environment envs env clusters cluster stages stage".split(" "),
);

/** Directories whose children are services, or groups of them. */
export const serviceParents: ReadonlySet<string> = new Set(
  "apps app applications application services service svc components component charts workloads releases".split(" "),
);

/** Names of directories and files that say what kind of thing is in them, not which. */
const structuralNames =
  "base bases overlays overlay environments environment envs env clusters cluster stages stage values value templates template " +
  "kustomization kustomizations kustomize ks helm chart charts helmrelease helm-release helmreleases manifests manifest resources " +
  "resource k8s kubernetes kube patches patch patching deployment deployments configmap hpa ingress statefulset daemonset cronjob " +
  "cronjobs rollout namespaces namespace ns crd crds rbac src cfg secret secrets flags feature-flags helmfile helmfile.d helmfiles";

const looseNames =
  "common shared default global config configs configuration deploy deployment-config release argocd argo-cd flux gitops infra " +
  "infrastructure platform workload projects project main";

const structural: ReadonlySet<string> = new Set(structuralNames.split(" "));

export const genericNames: ReadonlySet<string> = new Set([...serviceParents, ...structural, ...looseNames.split(" ")]);

/** Can a directory of this name be about one service? Loose words only where services are expected: `components/release`. */
export function namesService(name: string, parent: string | undefined): boolean {
  const word = name.toLowerCase();
  if (name === "" || name.startsWith(".") || /^\d+$/.test(name) || structural.has(word)) return false;
  return !genericNames.has(word) || (parent !== undefined && serviceParents.has(parent) && !serviceParents.has(word));
}

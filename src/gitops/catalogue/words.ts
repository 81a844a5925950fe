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

/** Directories whose children are environments. */
export const environmentParents: ReadonlySet<string> = new Set(
  "overlays overlay environments environment envs env clusters cluster stages stage".split(" "),
);

/** Names of directories and files that say what kind of thing is in them, not which. */
export const genericNames: ReadonlySet<string> = new Set(
  (
    "apps app applications application services service svc components component base bases common shared default global " +
    "resources resource manifests manifest k8s kubernetes kube deploy deployment deployments deployment-config config configs " +
    "configuration configmap helm chart charts values value templates template kustomize kustomization kustomizations ks " +
    "overlays overlay environments environment envs env clusters cluster stages stage patches patch patching releases release " +
    "helmrelease helm-release helmreleases argocd argo-cd flux gitops infra infrastructure platform workloads workload namespaces " +
    "namespace ns src cfg crds crd rbac hpa ingress statefulset daemonset cronjob cronjobs rollout secret secrets project projects main"
  ).split(" "),
);

/** The texts of the demo's GitOps repository: a small shop with Kustomize bases and overlays, run by Argo CD. */

export interface ShopService {
  readonly name: string;
  readonly port: number;
}

export const shopServices: readonly ShopService[] = [
  { name: "checkout", port: 8080 },
  { name: "cart", port: 8081 },
  { name: "catalog", port: 8082 },
];

export const shopRepository = "acme/shop";
export const shopNamespace = "shop";

export type ShopEnvironment = "staging" | "production";

export const overlayPath = (service: string, environment: ShopEnvironment) => `apps/${service}/overlays/${environment}`;

export const overlayFile = (service: string, environment: ShopEnvironment) =>
  `${overlayPath(service, environment)}/kustomization.yaml`;

export function overlay(service: string, environment: ShopEnvironment, version: string, replicas: number): string {
  return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: ${environment === "production" ? shopNamespace : `${shopNamespace}-staging`}
resources:
  - ../../base
labels:
  - pairs:
      environment: ${environment}
images:
  - name: ghcr.io/acme/${service}
    newTag: ${version} # set by the release, see README
replicas:
  - name: ${service}
    count: ${replicas}
`;
}

export function baseFiles({ name, port }: ShopService, memory: string): Record<string, string> {
  return {
    [`apps/${name}/base/kustomization.yaml`]: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - deployment.yaml
  - service.yaml
`,
    [`apps/${name}/base/deployment.yaml`]: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    app: ${name}
spec:
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: ${name}
          image: ghcr.io/acme/${name}
          ports:
            - {name: http, containerPort: ${port}}
          resources:
            requests: {cpu: 100m, memory: ${memory}}
            limits: {memory: ${memory}}
          readinessProbe:
            httpGet: {path: /healthz, port: http}
`,
    [`apps/${name}/base/service.yaml`]: `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector:
    app: ${name}
  ports:
    - {name: http, port: 80, targetPort: http}
`,
  };
}

export function applicationFile(service: string, environment: ShopEnvironment): Record<string, string> {
  const name = `${service}-${environment}`;
  return {
    [`argocd/${name}.yaml`]: `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
spec:
  project: shop
  source:
    repoURL: https://github.com/${shopRepository}.git
    targetRevision: main
    path: ${overlayPath(service, environment)}
  destination:
    server: https://kubernetes.default.svc
    namespace: ${environment === "production" ? shopNamespace : `${shopNamespace}-staging`}
  syncPolicy:
    automated: {prune: true, selfHeal: true}
`,
  };
}

export const codeowners = `# Who reviews what.
*                 @alice @bob
/.github/remit/   @alice
`;

export const readme = `# shop

What runs in the shop's clusters. Argo CD applies \`main\`; nobody applies anything by hand.

- \`apps/<service>/base\` holds the manifests, \`apps/<service>/overlays/<environment>\` what differs.
- A release changes \`newTag\` in one overlay, staging first.
- \`.github/remit/authority.yaml\` says what Remit may do without us.
`;

export const flagsFile = (service: string, environment: ShopEnvironment) =>
  `${overlayPath(service, environment)}/flags.env`;

/** Switches of features, one line each. */
export function flags(express: boolean): string {
  return `# Read when a pod starts. A new ConfigMap makes new pods.\nGUEST_CHECKOUT=true\nEXPRESS_CHECKOUT=${express}\n`;
}

/** The overlay, with a ConfigMap of its flags. */
export function withFlags(overlayText: string, service: string): string {
  return `${overlayText}configMapGenerator:\n  - name: ${service}\n    envs:\n      - flags.env\n`;
}

/** Where an incident may lead in the shop, the gentler answer first. */
export const flagRunbook = `# Errors after a change: switch the feature off before rolling anything back.
apiVersion: remit.dev/v1alpha1
kind: Runbook
metadata: {name: errors-after-a-change}
spec:
  on:
    alerts: [HighErrorRate]
  steps:
    - action: flag
    - action: rollback
`;

export const autoscalerFile = (service: string, environment: ShopEnvironment) =>
  `${overlayPath(service, environment)}/hpa.yaml`;

export function autoscaler(service: string): string {
  return `# Three carry an ordinary day, six an ordinary Saturday.
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: ${service}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${service}}
  minReplicas: 3
  maxReplicas: 6 # see the nodes' budget before you raise it for good
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 75}}
`;
}

/** The overlay, with an autoscaler instead of a number of replicas. */
export function withAutoscaler(overlayText: string): string {
  return overlayText
    .replace("  - ../../base\n", "  - ../../base\n  - hpa.yaml\n")
    .replace(/^replicas:\n(?: .*\n)*/m, "");
}

export const scaleRunbook = `# More customers than the pods have room for: more pods, for a while.
apiVersion: remit.dev/v1alpha1
kind: Runbook
metadata: {name: overload}
spec:
  on:
    alerts: [ServiceOverloaded]
  steps:
    - action: scale
`;

export const resourcesFile = (service: string, environment: ShopEnvironment) =>
  `${overlayPath(service, environment)}/resources.yaml`;

export function resources(service: string, memory: string): string {
  return `# More than staging needs. Measured by carol, see the dashboard "memory".
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${service}
spec:
  template:
    spec:
      containers:
        - name: ${service}
          resources:
            requests: {cpu: 200m, memory: ${memory}}
            limits: {memory: ${memory}}
`;
}

/** The overlay, with a patch of its resources. */
export function withResources(overlayText: string): string {
  return `${overlayText}patches:\n  - path: resources.yaml\n`;
}

export const memoryRunbook = `# Killed for want of memory: more of it. A second time it is a leak, and Remit calls us.
apiVersion: remit.dev/v1alpha1
kind: Runbook
metadata: {name: out-of-memory}
spec:
  on:
    alerts: [ContainerOOMKilled]
  steps:
    - action: resize
  escalate: {to: [carol]}
`;

/** What Remit may do in the shop. */
export function authorityFile(tier: "merge" | "propose", actions: readonly string[] = ["rollback"]): string {
  const steps = actions.flatMap((action) => stepOf[action] ?? []);
  return `# What Remit may do without a person. Reviewed by alice, see CODEOWNERS.
apiVersion: remit.dev/v1alpha1
kind: Authority
metadata: {name: shop}
spec:
  version: 1
  grants:
    - name: shop-${actions.join("-")}
      match: {environments: [production], services: [checkout, cart, catalog], actions: [${actions.join(", ")}]}
      tier: ${tier}
      limits: {perTarget: 2/24h, ${["cooldown: 30m", "files: 1", ...steps].join(", ")}}
      requires: {approvals: 1, permission: write}
`;
}

/** How far one change may go. */
const stepOf: Readonly<Record<string, string>> = { scale: "replicas: 50%", resize: "resources: 50%" };

/** What a service of the shop has beside its version: a few lines of one file each, which one of Remit's actions changes. */
import {
  autoscaler,
  autoscalerFile,
  overlayFile,
  overlayPath,
  resources,
  resourcesFile,
  withAutoscaler,
  withFlags,
  withResources,
} from "../../src/sandbox/demo/shop-files.ts";

export const components = [
  "replicas",
  "autoscaler",
  "flag",
  "feature",
  "job",
  "bare job",
  "weights",
  "memory",
  "nonce",
  "image policy",
] as const;
export type Component = (typeof components)[number];

interface Kit {
  readonly action: "scale" | "flag" | "suspend" | "shift" | "resize" | "restart" | "rollback";
  file(service: string): string;
  /** Its file as it usually is; undefined: its lines stand in the overlay. */
  text?(service: string): string;
  /** What the overlay needs to know of it. */
  overlay(text: string, service: string): string;
  /** Its lines, whatever they say. */
  readonly lines: RegExp;
  /** What relieves a service for a time, told of the file. */
  relieve(text: string): string;
  /** A person's own value. */
  settle(text: string): string;
}

const production = (service: string, name: string) => `${overlayPath(service, "production")}/${name}`;
const asResource = (name: string) => (text: string) =>
  text.replace("  - ../../base\n", `  - ../../base\n  - ${name}\n`);
const flagsFile = (service: string) => production(service, "flags.env");
const flagsText = () => "EXPRESS_CHECKOUT=true\n# Read when a pod starts.\nGUEST_CHECKOUT=true\n\nNEW_CART=false\n";

const jobFile = (service: string) => production(service, "cronjob.yaml");
const jobText = (service: string, suspend: string) => `apiVersion: batch/v1
kind: CronJob
metadata:
  name: ${service}-report
spec:
  schedule: "0 * * * *"
${suspend}  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: report
              image: ghcr.io/acme/report:v7
`;

const routeText = (service: string) => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: ${service}
spec:
  rules:
    - backendRefs:
        - name: ${service}
          port: 80
          weight: 90
        - name: ${service}-canary
          port: 80
          weight: 10
`;

const nonceText = (service: string) => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${service}
spec:
  template:
    spec:
      containers:
        - name: ${service}
          env:
            - name: RESTART_ME
              value: "003"
`;

const policyText = (service: string) => `apiVersion: image.toolkit.fluxcd.io/v1beta2
kind: ImagePolicy
metadata:
  name: ${service}
  namespace: flux-system
spec:
  imageRepositoryRef:
    name: ${service}
  policy:
    semver:
      range: ">=1.0.0"
`;

export const kits: Readonly<Record<Component, Kit>> = {
  replicas: {
    action: "scale",
    file: (service) => overlayFile(service, "production"),
    overlay: (text) => text,
    lines: /^ {4}count: .*$/gm,
    relieve: (text) => text.replace(/^( {4}count:) .*$/m, "$1 4"),
    settle: (text) => text.replace(/^( {4}count:) .*$/m, "$1 7"),
  },
  autoscaler: {
    action: "scale",
    file: (service) => autoscalerFile(service, "production"),
    text: autoscaler,
    overlay: withAutoscaler,
    lines: /^ {2}(?:min|max)Replicas: .*$/gm,
    relieve: (text) => text.replace(/^( {2}maxReplicas:) \d+/m, "$1 9"),
    settle: (text) => text.replace(/^( {2}maxReplicas:) \d+/m, "$1 12"),
  },
  flag: {
    action: "flag",
    file: flagsFile,
    text: flagsText,
    overlay: withFlags,
    lines: /^EXPRESS_CHECKOUT=.*$/gm,
    relieve: (text) => text.replace(/^(EXPRESS_CHECKOUT)=.*$/m, "$1=false"),
    settle: (text) => text.replace(/^(EXPRESS_CHECKOUT)=.*$/m, '$1="false"'),
  },
  feature: {
    action: "flag",
    file: flagsFile,
    text: flagsText,
    overlay: withFlags,
    lines: /^NEW_CART=.*$/gm,
    relieve: (text) => text.replace(/^(NEW_CART)=.*$/m, "$1=true"),
    settle: (text) => text.replace(/^(NEW_CART)=.*$/m, '$1="true"'),
  },
  job: {
    action: "suspend",
    file: jobFile,
    text: (service) => jobText(service, "  suspend: false\n"),
    overlay: asResource("cronjob.yaml"),
    lines: /^ {2}suspend: .*$/gm,
    relieve: (text) => text.replace(/^( {2}suspend:) .*$/m, "$1 true"),
    settle: (text) => text.replace(/^( {2}suspend:) .*$/m, "$1 true # until the audit"),
  },
  "bare job": {
    action: "suspend",
    file: jobFile,
    text: (service) => jobText(service, ""),
    overlay: asResource("cronjob.yaml"),
    lines: /^ {2}suspend: .*$/gm,
    relieve: (text) => text.replace(/^( {2}concurrencyPolicy)/m, "  suspend: true\n$1"),
    settle: (text) => text.replace(/^( {2}suspend:) .*$/m, "$1 true # until the audit"),
  },
  weights: {
    action: "shift",
    file: (service) => production(service, "route.yaml"),
    text: routeText,
    overlay: asResource("route.yaml"),
    lines: /^ {10}weight: .*$/gm,
    relieve: (text) => weighted(text, 100, 0),
    settle: (text) => weighted(text, 70, 30),
  },
  memory: {
    action: "resize",
    file: (service) => resourcesFile(service, "production"),
    text: (service) => resources(service, "256Mi"),
    overlay: withResources,
    lines: /^ {12}(?:requests|limits): .*$/gm,
    relieve: (text) => text.replaceAll(/memory: \w+/g, "memory: 384Mi"),
    settle: (text) => text.replaceAll(/memory: \w+/g, "memory: 512Mi"),
  },
  nonce: {
    action: "restart",
    file: (service) => production(service, "restart.yaml"),
    text: nonceText,
    overlay: (text) =>
      text.includes("patches:\n") ? `${text}  - path: restart.yaml\n` : `${text}patches:\n  - path: restart.yaml\n`,
    lines: /^ {14}value: .*$/gm,
    relieve: (text) => text.replace('"003"', '"004"'),
    settle: (text) => text.replace(/^( {14}value:) .*$/m, '$1 "017"'),
  },
  "image policy": {
    action: "rollback",
    file: (service) => production(service, "image-policy.yaml"),
    text: policyText,
    overlay: (text, service) =>
      asResource("image-policy.yaml")(text).replace(
        /# set by the release, see README/,
        `# {"$imagepolicy": "flux-system:${service}:tag"}`,
      ),
    lines: /^ {6}range: .*$/gm,
    relieve: (text) => text.replace(/^( {6}range:) .*$/m, "$1 1.4.2"),
    settle: (text) => text.replace(/^( {6}range:) .*$/m, '$1 ">=1.4.0"'),
  },
};

export function weighted(text: string, stable: number, canary: number): string {
  const shares = [stable, canary];
  return text.replaceAll(/^( {10}weight:) \d+$/gm, (_, key: string) => `${key} ${shares.shift()}`);
}

/** What a component says; empty where it says nothing. */
export function linesOf(component: Component, text: string | undefined): string {
  return [...(text ?? "").matchAll(kits[component].lines)].map(([line]) => line).join("\n");
}

/** The overlay and the files of what a service has. */
export function filesWith(service: string, overlay: string, has: readonly Component[]): Record<string, string> {
  const files: Record<string, string> = {};
  let text = overlay;
  for (const component of has) {
    const kit = kits[component];
    const file = kit.file(service);
    // Two flags stand in one file.
    if (kit.text !== undefined && files[file] !== undefined) continue;
    text = kit.overlay(text, service);
    if (kit.text !== undefined) files[file] = kit.text(service);
  }
  return { [overlayFile(service, "production")]: text, ...files };
}

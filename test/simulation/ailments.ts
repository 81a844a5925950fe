/** What may be wrong with a service beside its version, which lines of its own relieve it, and by which of Remit's actions. */
import {
  overlayFile,
  overlayPath,
  resources,
  resourcesFile,
  withResources,
} from "../../src/sandbox/demo/shop-files.ts";

export interface Ailment {
  readonly alert: string;
  readonly action: "scale" | "suspend" | "resize" | "flag" | "shift" | "restart" | "rollback";
  /** For how long a rollback holds whoever writes the image. */
  readonly pin?: string;
  file(service: string): string;
  /** Its file as it usually is; undefined: its lines stand in the overlay. */
  text?(service: string): string;
  /** What the overlay needs to know of that file. */
  overlay?(text: string): string;
  /** Its lines, whatever they say. */
  readonly lines: RegExp;
  /** Is the service well with these lines, though the trouble lasts? */
  relieved(lines: string): boolean;
  /** Somebody brings it about by this change of the file; undefined: it comes by itself. */
  cause?(text: string): string;
  /** Where that isn't the file of its lines. */
  causedIn?(service: string): string;
  /** A person's own value. */
  settle(text: string): string;
}

const production = (service: string, name: string) => `${overlayPath(service, "production")}/${name}`;

export const ailments = {
  overload: {
    alert: "ServiceOverloaded",
    action: "scale",
    file: (service) => overlayFile(service, "production"),
    lines: /^ {4}count: .*$/gm,
    relieved: (lines) => most(lines) > 3,
    settle: (text) => text.replace(/^( {4}count:) .*$/m, "$1 7"),
  },
  "runaway job": {
    alert: "JobOverload",
    action: "suspend",
    file: (service) => production(service, "cronjob.yaml"),
    text: jobText,
    overlay: (text) => text.replace("  - ../../base\n", "  - ../../base\n  - cronjob.yaml\n"),
    lines: /^ {2}suspend: .*$/gm,
    relieved: (lines) => lines.includes("suspend: true"),
    settle: (text) => text.replace(/^( {2}suspend:) .*$/m, "$1 true # until the audit"),
  },
  "out of memory": {
    alert: "ContainerOOMKilled",
    action: "resize",
    file: (service) => resourcesFile(service, "production"),
    text: (service) => resources(service, "256Mi"),
    overlay: withResources,
    lines: /^ {12}(?:requests|limits): .*$/gm,
    relieved: (lines) => most(lines) > 256,
    settle: (text) => text.replaceAll(/memory: \w+/g, "memory: 512Mi"),
  },
  "bad feature": {
    alert: "FeatureErrors",
    action: "flag",
    file: (service) => production(service, "flags.env"),
    text: () => "GUEST_CHECKOUT=true\n# Read when a pod starts.\nNEW_CART=false\n",
    overlay: (text) => `${text}configMapGenerator:\n  - name: flags\n    envs:\n      - flags.env\n`,
    lines: /^NEW_CART=.*$/gm,
    relieved: (lines) => lines === "NEW_CART=false",
    cause: (text) => text.replace(/^NEW_CART=.*$/m, "NEW_CART=true"),
    settle: (text) => text.replace(/^(NEW_CART)=.*$/m, '$1="false"'),
  },
  "bad canary": {
    alert: "CanaryErrors",
    action: "shift",
    file: (service) => production(service, "route.yaml"),
    text: routeText,
    overlay: (text) => text.replace("  - ../../base\n", "  - ../../base\n  - route.yaml\n"),
    lines: /^ {10}weight: .*$/gm,
    relieved: (lines) => lines.endsWith("weight: 0") || lines.includes("for good"),
    cause: (text) => text.replace("weight: 100\n", "weight: 50\n").replace("weight: 0\n", "weight: 50\n"),
    settle: (text) => text.replace(/^( {10}weight:) .*$/m, "$1 90 # for good"),
  },
  "stuck process": {
    alert: "ProcessStuck",
    action: "restart",
    file: (service) => production(service, "restart.yaml"),
    text: restartText,
    overlay: (text) =>
      text.includes("patches:\n")
        ? text.replace("patches:\n", "patches:\n  - path: restart.yaml\n")
        : `${text}patches:\n  - path: restart.yaml\n`,
    lines: /^ {14}value: .*$/gm,
    relieved: (lines) => !lines.includes('"003"'),
    settle: (text) => text.replace(/^( {14}value:) .*$/m, '$1 "777"'),
  },
  // Whoever writes the image would write it again at once, so nothing helps but holding that, too.
  "bad bump": {
    alert: "BumpErrors",
    action: "rollback",
    pin: "4h",
    file: (service) => production(service, "policy.yaml"),
    text: policyText,
    overlay: (text) =>
      text
        .replace("  - ../../base\n", "  - ../../base\n  - policy.yaml\n")
        .replace(/(ghcr\.io\/acme\/)(\S+)(\n +newTag: \S+).*/, '$1$2$3 # {"$imagepolicy": "flux-system:$2:tag"}'),
    lines: /^ {6}range: .*$/gm,
    relieved: (lines) => !lines.includes(">=1.0.0"),
    cause: (text) => text.replace(/newTag: \S+/, "newTag: v1.5.0"),
    causedIn: (service) => overlayFile(service, "production"),
    settle: (text) => text.replace(/^( {6}range:) .*$/m, '$1 ">=1.4.0 <1.5.0"'),
  },
} as const satisfies Readonly<Record<string, Ailment>>;

export type AilmentName = keyof typeof ailments;
export const ailmentNames = Object.keys(ailments).filter(isAilment);

export function isAilment(name: string): name is AilmentName {
  return Object.hasOwn(ailments, name);
}

/** What its lines say; empty where they say nothing. */
export function linesOf(name: AilmentName, text: string | undefined): string {
  return [...(text ?? "").matchAll(ailments[name].lines)].map(([line]) => line).join("\n");
}

/** Its lines with their neighbours. */
export function placeOf(name: AilmentName, text: string | undefined): string {
  const all = (text ?? "").split("\n");
  const own = linesOf(name, text).split("\n");
  const first = all.findIndex((line) => own.includes(line));
  return all.slice(Math.max(0, first - 1), all.findLastIndex((line) => own.includes(line)) + 2).join("\n");
}

/** The overlay and the files of a service that may ail so. */
export function filesWith(service: string, overlay: string, names: readonly AilmentName[]): Record<string, string> {
  let text = overlay;
  const files: Record<string, string> = {};
  for (const name of names) {
    const ailment: Ailment = ailments[name];
    text = ailment.overlay?.(text) ?? text;
    if (ailment.text !== undefined) files[ailment.file(service)] = ailment.text(service);
  }
  return { ...files, [overlayFile(service, "production")]: text };
}

/** What leads from each of them to its action, by path. */
export function runbooksFor(names: readonly AilmentName[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => {
      const { alert, action, pin }: Ailment = ailments[name];
      const step = pin === undefined ? `{action: ${action}}` : `{action: ${action}, pin: ${pin}}`;
      return [`.github/remit/runbooks/${alert.toLowerCase()}.yaml`, runbook(alert, step)];
    }),
  );
}

function runbook(alert: string, step: string): string {
  return `apiVersion: remit.dev/v1alpha1
kind: Runbook
metadata: {name: ${alert.toLowerCase()}}
spec:
  on:
    alerts: [${alert}]
  steps:
    - ${step}
`;
}

function jobText(service: string): string {
  return `apiVersion: batch/v1
kind: CronJob
metadata:
  name: ${service}-report
spec:
  schedule: "0 * * * *"
  suspend: false
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: report
              image: ghcr.io/acme/report:v7
`;
}

function routeText(service: string): string {
  return `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: ${service}
spec:
  rules:
    - backendRefs:
        - name: ${service}
          port: 80
          weight: 100
        - name: ${service}-canary
          port: 80
          weight: 0
`;
}

function restartText(service: string): string {
  return `apiVersion: apps/v1
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
}

function policyText(service: string): string {
  return `apiVersion: image.toolkit.fluxcd.io/v1beta2
kind: ImagePolicy
metadata:
  name: ${service}
spec:
  imageRepositoryRef:
    name: ${service}
  policy:
    semver:
      range: ">=1.0.0"
`;
}

function most(lines: string): number {
  return Math.max(0, ...[...lines.matchAll(/(?<=count: |memory: )\d+/g)].map(([number]) => Number(number)));
}

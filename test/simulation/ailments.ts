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
  readonly action: "scale" | "suspend" | "resize" | "flag";
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
      const { alert, action } = ailments[name];
      return [`.github/remit/runbooks/${alert.toLowerCase()}.yaml`, runbook(alert, action)];
    }),
  );
}

function runbook(alert: string, action: string): string {
  return `apiVersion: remit.dev/v1alpha1
kind: Runbook
metadata: {name: ${alert.toLowerCase()}}
spec:
  on:
    alerts: [${alert}]
  steps:
    - {action: ${action}}
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

function most(lines: string): number {
  return Math.max(0, ...[...lines.matchAll(/(?<=count: |memory: )\d+/g)].map(([number]) => Number(number)));
}

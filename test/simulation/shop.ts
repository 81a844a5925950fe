/** The repository of a simulated world: a few services of one team, and the authority that it gives to Remit. */
import {
  applicationFile,
  baseFiles,
  overlay,
  overlayFile,
  type ShopEnvironment,
} from "../../src/sandbox/demo/shop-files.ts";
import { type AilmentName, filesWith, runbooksFor } from "./ailments.ts";
import type { SeedHistory } from "./simulated-github.ts";

export const services = ["checkout", "cart", "catalog", "search", "billing", "payments", "stock"] as const;
export type Service = (typeof services)[number];

export const authorityPath = ".github/remit/authority.yaml";
export const stopPath = ".github/remit/STOP";
export const goodVersion = "v1.4.2";
export const badVersion = "v1.5.0";
export const worseVersion = "v1.6.0";

export interface Policy {
  readonly version: number;
  readonly tier: "merge" | "delay" | "propose" | "suggest";
  readonly mode: "audit" | "warn" | "enforce";
  /** Minutes. */
  readonly cooldown: number;
  /** Each within a day. */
  readonly perTarget: number;
  readonly perService: number;
  /** Within an hour. */
  readonly perRepository: number;
  readonly approvals: number;
  readonly permission: "write" | "admin";
  readonly freeze: readonly FreezeWindow[];
  /** Of one change; one unless said otherwise. */
  readonly files?: number;
}

/** Opens each day at this time, UTC. */
export interface FreezeWindow {
  readonly kind: "deny" | "allow";
  readonly hour: number;
  readonly minute: number;
  readonly minutes: number;
  /** undefined: everything. */
  readonly service?: Service;
}

export function freezeWindow(at: number, window: Pick<FreezeWindow, "kind" | "minutes" | "service">): FreezeWindow {
  const opens = new Date(at);
  return { ...window, hour: opens.getUTCHours(), minute: opens.getUTCMinutes() };
}

/** What is common: nothing but the tier stands in the way. */
export const openPolicy: Policy = {
  version: 1,
  tier: "merge",
  mode: "enforce",
  cooldown: 30,
  perTarget: 4,
  perService: 4,
  perRepository: 9,
  approvals: 1,
  permission: "write",
  freeze: [],
};

export function authorityText(policy: Policy): string {
  const {
    version,
    tier,
    mode,
    cooldown,
    perTarget,
    perService,
    perRepository,
    approvals,
    permission,
    files = 1,
  } = policy;
  return `apiVersion: remit.dev/v1alpha1
kind: Authority
metadata: {name: shop}
spec:
  version: ${version}
  grants:
    - name: shop
      match: {environments: [production], services: ["*"], actions: ["*"]}
      tier: ${tier}
      mode: ${mode}
      vetoWindow: 5m
      limits:
        cooldown: ${cooldown}m
        perTarget: ${perTarget}/24h
        perService: ${perService}/24h
        perRepository: ${perRepository}/1h
        files: ${files}
      requires: {approvals: ${approvals}, permission: ${permission}}
${freezeText(policy.freeze)}`;
}

function freezeText(windows: readonly FreezeWindow[]): string {
  if (windows.length === 0) return "";
  const lines = windows.map(({ kind, hour, minute, minutes, service }) => {
    const services = service === undefined ? "" : `, services: [${service}]`;
    return `    - {kind: ${kind}, schedule: "${minute} ${hour} * * *", duration: ${minutes}m${services}}\n`;
  });
  return `  freeze:\n${lines.join("")}`;
}

export function productionFile(service: string): string {
  return overlayFile(service, "production");
}

export function production(service: string, version: string, replicas = 3): string {
  return overlay(service, "production", version, replicas);
}

/** What the overlay's text says. */
export function versionIn(text: string | undefined): string | undefined {
  return /newTag: (\S+)/.exec(text ?? "")?.[1];
}

export function replicasIn(text: string | undefined): number {
  return Number(/count: (\d+)/.exec(text ?? "")?.[1] ?? 3);
}

/** The overlay with another version, and nothing else changed. */
export function withVersion(service: string, text: string | undefined, version: string): string {
  return text?.replace(/newTag: \S+/, `newTag: ${version}`) ?? production(service, version);
}

export function withReplicas(service: string, text: string | undefined, replicas: number): string {
  return text?.replace(/count: \d+/, `count: ${replicas}`) ?? production(service, goodVersion, replicas);
}

const day = 86_400_000;

/** Every service runs its good version since three days. `has`: what a service has beside it, since it may ail so. */
export function shopHistory(
  now: number,
  policy: Policy,
  has: ReadonlyMap<Service, readonly AilmentName[]>,
): readonly SeedHistory[] {
  const files: Record<string, string> = { "README.md": "# shop\n", ".github/CODEOWNERS": "* @alice\n" };
  for (const [index, name] of services.entries()) {
    Object.assign(files, baseFiles({ name, port: 8080 + index }, "256Mi"));
    const environments: readonly ShopEnvironment[] = index === 0 ? ["staging", "production"] : ["production"];
    for (const environment of environments) {
      files[overlayFile(name, environment)] = overlay(name, environment, "v1.4.1", 3);
      Object.assign(files, applicationFile(name, environment));
    }
  }
  const releases = Object.assign(
    {},
    ...services.map((name) => filesWith(name, production(name, goodVersion), has.get(name) ?? [])),
  );
  const runbooks = runbooksFor([...new Set([...has.values()].flat())]);
  return [
    { message: "Import the shop's manifests", at: now - 40 * day, files },
    {
      message: "Give Remit some authority",
      at: now - 9 * day,
      files: { [authorityPath]: authorityText(policy), ...runbooks },
    },
    { message: "Release v1.4.2 of everything", at: now - 3 * day, files: releases },
  ];
}

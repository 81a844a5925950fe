/** What may be wrong with a service beside its version: which alert tells of it, and what of the service's own lines relieves it. */
import type { Component } from "./components.ts";

export interface Lines {
  readonly now: string;
  /** When the trouble began. */
  readonly then: string;
  /** As the service came with them. */
  readonly usual: string;
}

export interface Ailment {
  readonly alert: string;
  /** Any of them may be what the service has. */
  readonly of: readonly [Component, ...Component[]];
  /** Is the service well with these lines, though the trouble lasts? */
  relieved(lines: Lines): boolean;
  /** Somebody brings it about by this change of the file; undefined: it comes by itself. */
  cause?(text: string): string;
}

export const ailments = {
  overload: {
    alert: "ServiceOverloaded",
    of: ["replicas", "autoscaler"],
    relieved: ({ now, usual }) => most(now) > most(usual),
  },
  "bad feature": {
    alert: "FeatureErrors",
    of: ["feature"],
    relieved: ({ now }) => /=false$/.test(now),
    cause: (text) => text.replace(/^NEW_CART=.*$/m, "NEW_CART=true"),
  },
  "runaway job": {
    alert: "JobOverload",
    of: ["job", "bare job"],
    relieved: ({ now }) => now.includes("suspend: true"),
  },
  "sick canary": {
    alert: "CanaryErrors",
    of: ["weights"],
    relieved: ({ now }) => most(now.split("\n")[1] ?? "") <= 10,
    cause: (text) => text.replace("weight: 90", "weight: 50").replace("weight: 10", "weight: 50"),
  },
  "out of memory": {
    alert: "ContainerOOMKilled",
    of: ["memory"],
    relieved: ({ now, usual }) => most(now) > most(usual),
  },
  wedged: {
    alert: "ServiceWedged",
    of: ["nonce"],
    relieved: ({ now, then }) => now !== then,
  },
} as const satisfies Readonly<Record<string, Ailment>>;

export type AilmentName = keyof typeof ailments;
export const ailmentNames = Object.keys(ailments).filter(isAilment);

export function isAilment(name: string): name is AilmentName {
  return Object.hasOwn(ailments, name);
}

function most(lines: string): number {
  return Math.max(0, ...[...lines.matchAll(/(?<=[: ])\d+/g)].map(([number]) => Number(number)));
}

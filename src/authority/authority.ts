/** The owners' policy, parsed from `.github/remit/authority.yaml` on the base branch. */
import type { Barrier } from "../actions/barrier.ts";
import type { Condition } from "./conditions/condition.ts";
import type { FreezeWindow } from "./freeze/freeze-window.ts";
import type { Rate } from "./rate.ts";
import type { Tier } from "./verdict.ts";

export interface Authority {
  readonly name: string;
  readonly version: number;
  readonly grants: readonly Grant[];
  readonly barriers: readonly Barrier[];
  readonly freeze: readonly FreezeWindow[];
  /** Does `remit/gate` fail on people's pull requests, or only inform? Informative where it is left out. */
  readonly gate?: GateMode;
}

/** Exact names, or `*` alone for any. Never empty. */
export interface Match {
  readonly environments: readonly string[];
  readonly services: readonly string[];
  readonly namespaces: readonly string[];
  readonly actions: readonly string[];
}

/** In rising order: only record; a pull request for review at most; as granted. */
export const modes = ["audit", "warn", "enforce"] as const;
export type Mode = (typeof modes)[number];

export interface Limits {
  /** Least time between two remediations of one target, in milliseconds. */
  readonly cooldownMs: number;
  /** Remediations of one target, service, repository or installation; each rate holds by itself. Never empty. */
  readonly perTarget: readonly Rate[];
  readonly perService: readonly Rate[];
  readonly perRepository: readonly Rate[];
  readonly perInstallation: readonly Rate[];
  /** Remediations that one incident may have. */
  readonly attempts: number;
  readonly files: number;
  readonly lines: number;
  /** Targets that one change may touch. */
  readonly targets: number;
  /** How many percent more replicas one scaling may ask for; one more always. */
  readonly replicas: number;
  /** How many percent more CPU or memory one resizing may ask for. */
  readonly resources: number;
  /** Must a change be rendered? */
  readonly rendering: RenderingMode;
}

export const renderingModes = ["optional", "required"] as const;
export type RenderingMode = (typeof renderingModes)[number];

export const gateModes = ["informative", "required"] as const;
export type GateMode = (typeof gateModes)[number];

export interface Grant {
  readonly name: string;
  readonly match: Match;
  readonly tier: Tier;
  readonly mode: Mode;
  readonly vetoWindowMs: number;
  readonly limits: Limits;
  readonly requires: {
    readonly approvals: number;
    readonly permission: "write" | "maintain" | "admin";
    /** An approval that was given longer ago doesn't count, in milliseconds. */
    readonly maxAgeMs: number;
  };
  /** All must hold, or a person decides. */
  readonly when: readonly Condition[];
}

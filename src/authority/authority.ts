/** The owners' policy, parsed from `.github/remit/authority.yaml` on the base branch. */
import type { Barrier } from "../actions/barrier.ts";
import type { Tier } from "./verdict.ts";

export interface Authority {
  readonly name: string;
  readonly version: number;
  readonly grants: readonly Grant[];
  readonly barriers: readonly Barrier[];
  /** Does `remit/gate` fail on people's pull requests, or only inform? Informative where it is left out. */
  readonly gate?: GateMode;
}

export const gateModes = ["informative", "required"] as const;
export type GateMode = (typeof gateModes)[number];

export interface Grant {
  readonly name: string;
  readonly match: {
    /** Exact names, or `*` for any. Never empty. */
    readonly environments: readonly string[];
    readonly services: readonly string[];
    readonly actions: readonly string[];
  };
  readonly tier: Tier;
  readonly vetoWindowMs: number;
  readonly limits: {
    /** Least time between two remediations of one target, in milliseconds. */
    readonly cooldownMs: number;
    /** Remediations of one target within the window. */
    readonly perTarget: { readonly count: number; readonly windowMs: number };
    readonly files: number;
    readonly lines: number;
  };
  readonly requires: { readonly approvals: number; readonly permission: "write" | "maintain" | "admin" };
}

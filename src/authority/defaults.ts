/** Limits that hold where the policy doesn't say otherwise. In milliseconds where they are times. */
import type { Grant, Limits } from "./authority.ts";
import type { StormLimits } from "./storm-operand.ts";

const minute = 60_000;
const hour = 60 * minute;

export const defaultVetoWindowMs = 5 * minute;

/** The fix and its undo. Then a person. No policy allows more. */
export const attemptsPerIncident = 2;

export const defaultLimits: Limits = {
  cooldownMs: 30 * minute,
  perTarget: [{ count: 2, windowMs: 24 * hour }],
  perService: [{ count: 2, windowMs: 24 * hour }],
  perRepository: [
    { count: 4, windowMs: hour },
    { count: 12, windowMs: 24 * hour },
  ],
  perInstallation: [{ count: 20, windowMs: 24 * hour }],
  attempts: attemptsPerIncident,
  files: 3,
  lines: 20,
  targets: 1,
  replicas: 50,
  resources: 100,
  rendering: "optional",
};

export const defaultRequires: Grant["requires"] = { approvals: 1, permission: "write", maxAgeMs: 30 * minute };

/** An alert that wasn't heard of for longer is no ground to act on without a person. */
export const evidenceMaxAgeMs = 10 * minute;

/** Below this a person looks at it. */
export const leastConfidence = 0.9;

/** Going back to what was left within this time is a quarrel, and no place to act alone. */
export const flipFlopMs = 24 * hour;

/** So many failed verifications of a runbook within this time, and people approve what it does until they re-arm it. */
export const breaker = { failures: 2, windowMs: 24 * hour } as const;

export const defaultStorm: StormLimits = { services: 3, share: 0.3 };

/** An alert that wasn't heard of for longer doesn't count as sick. */
export const sickWindowMs = 10 * minute;

/** Changes of Remit's that may be under way at once in one repository, open pull requests included. */
export const changesPerRepository = 5;

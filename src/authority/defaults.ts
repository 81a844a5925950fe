/** Limits that hold where the policy doesn't say otherwise. In milliseconds where they are times. */
import type { Grant } from "./authority.ts";
import type { BreakerLimits } from "./breaker-operand.ts";

const minute = 60_000;
const hour = 60 * minute;

export const defaultVetoWindowMs = 5 * minute;

export const defaultLimits: Grant["limits"] = {
  cooldownMs: 30 * minute,
  perTarget: { count: 2, windowMs: 24 * hour },
  files: 3,
  lines: 20,
};

export const defaultRequires: Grant["requires"] = { approvals: 1, permission: "write" };

/** The fix and its undo. Then a person. */
export const attemptsPerIncident = 2;

/** An alert that wasn't heard of for longer is no ground to act on without a person. */
export const evidenceMaxAgeMs = 10 * minute;

/** Below this a person looks at it. */
export const leastConfidence = 0.9;

export const defaultBreaker: BreakerLimits = { services: 3, share: 0.3 };

/** An alert that wasn't heard of for longer doesn't count as sick. */
export const breakerWindowMs = 10 * minute;

/** Changes of Remit's that may be under way at once in one repository, open pull requests included. */
export const changesPerRepository = 5;

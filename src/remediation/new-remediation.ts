import type { Remediation } from "./response.ts";

type Decided = Pick<
  Remediation,
  "kind" | "candidate" | "verdict" | "base" | "baseBranch" | "branch" | "decidedAt" | "basis"
>;

/** A change that was decided on, of which nothing was written to GitHub yet. */
export function newRemediation(decided: Decided): Remediation {
  return {
    ...decided,
    pullNumber: undefined,
    commit: undefined,
    merged: undefined,
    delivered: undefined,
    observations: [],
    ended: undefined,
  };
}

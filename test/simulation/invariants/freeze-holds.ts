/** P1: without a person nothing is merged while a freeze window is open for it, or while none of those that allow it is. */
import { remitCommit } from "./facts.ts";
import type { Invariant } from "./invariant.ts";
import { isFrozen } from "./policy-at.ts";

export const freezeHolds: Invariant = (simulation) => {
  const { github, watch } = simulation;
  watch.onAsked(({ merged }) => {
    if (merged === undefined || merged.approved || merged.policy === undefined) return;
    const { policy, commit, look, decidedAt } = merged;
    const service = remitCommit(github, commit)?.service ?? "";
    const slack = simulation.toleratedSkewMs + 1000;
    // It was decided at some moment since the look: the window was open from before until after.
    const moments = [(look?.at ?? decidedAt) - slack, decidedAt, decidedAt + slack];
    if (moments.every((moment) => isFrozen(policy, service, moment))) {
      simulation.fail("P1", `#${merged.pull.number} is merged in a freeze`);
    }
  });
  return undefined;
};

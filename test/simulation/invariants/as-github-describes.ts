/** X4: every request and every answer is as GitHub's published descriptions say. */
import type { Invariant } from "./invariant.ts";

export const asGitHubDescribes: Invariant = (simulation) => {
  simulation.watch.onAsked(() => {
    const [first] = simulation.github.traffic.violations;
    if (first !== undefined) simulation.fail("X4", first);
  });
  return undefined;
};

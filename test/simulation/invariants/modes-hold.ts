/** P2: git is written only as far as the policy that Remit saw is in force, and by none that is older than one before it. */
import type { SimulatedGitHub } from "../simulated-github.ts";
import { isOurs } from "./facts.ts";
import type { Invariant } from "./invariant.ts";
import { policyAt } from "./policy-at.ts";

export const modesHold: Invariant = (simulation) => {
  const { github, watch } = simulation;
  watch.onAsked(({ effect, process, moves, merged }) => {
    const isNew = moves.some(
      ({ ref, to }) => to !== undefined && ref.startsWith("refs/heads/remit/") && isOurs(github, to),
    );
    if (!(effect === "a proposal" && isNew) && merged === undefined) return;
    const head = (merged === undefined ? process.lastLook : merged.look)?.head;
    const policy = head === undefined ? undefined : policyAt(github, head);
    if (head === undefined || policy === undefined) return simulation.fail("P2", `${effect} without a policy`);
    if (policy.mode === "audit" || policy.tier === "suggest") {
      simulation.fail("P2", `${effect} by a policy of tier ${policy.tier} in mode ${policy.mode}`);
    }
    if (merged !== undefined && !merged.approved && policy.mode === "warn") {
      simulation.fail("P2", `#${merged.pull.number} is merged without a person in mode warn`);
    }
    const newest = newestVersion(github, head);
    if (policy.version < newest) {
      simulation.fail("P2", `${effect} by version ${policy.version} of the policy, after version ${newest}`);
    }
  });
  return undefined;
};

/** That ever stood on main, up to there. */
function newestVersion(github: SimulatedGitHub, head: string): number {
  let newest = 0;
  for (let at: string | undefined = head; at !== undefined; at = github.git.objects.commit(at).parents[0]) {
    newest = Math.max(newest, policyAt(github, at)?.version ?? 0);
  }
  return newest;
}

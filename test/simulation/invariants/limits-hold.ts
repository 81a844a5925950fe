/** I4: without a person no target is changed more often than the policy allows, whatever was forgotten meanwhile. */
import { remitHistory } from "./facts.ts";
import type { Invariant } from "./invariant.ts";
import { policyAt } from "./policy-at.ts";

const day = 86_400_000;

export const limitsHold: Invariant = (simulation) => {
  const { github, watch } = simulation;
  watch.onAsked(({ merged, process }) => {
    if (merged === undefined || merged.approved) return;
    const policy = policyAt(github, process.lastLook?.head ?? merged.base);
    const [newest, ...older] = remitHistory(github, merged.commit);
    if (policy === undefined || newest === undefined) return;
    // A clock that is off is off in the counting, too; and git counts whole seconds.
    const slack = simulation.toleratedSkewMs + 1000;
    const past = older.filter(({ target }) => target === newest.target);
    const counted = past.filter(({ at }) => newest.at - at < day - slack);
    if (counted.length >= policy.perTarget) {
      simulation.fail(
        "I4",
        `change ${counted.length + 1} of ${newest.target} within a day, allowed are ${policy.perTarget}`,
      );
    }
    const others = past.filter(({ incident }) => newest.action !== "undo" || incident !== newest.incident);
    const last = others[0];
    if (last !== undefined && newest.at - last.at < policy.cooldownMs - slack) {
      const minutes = Math.round((newest.at - last.at) / 60_000);
      simulation.fail(
        "I4",
        `${newest.target} was changed ${minutes} min ago, the cooldown is ${policy.cooldownMs / 60_000} min`,
      );
    }
  });
  return undefined;
};

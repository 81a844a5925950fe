/** I4: without a person nothing is changed more often than the policy allows, whatever was forgotten meanwhile. */
import { type RemitCommit, remitHistory } from "./facts.ts";
import type { Invariant } from "./invariant.ts";

const hour = 3_600_000;
const day = 24 * hour;

export const limitsHold: Invariant = (simulation) => {
  const { github, watch } = simulation;
  watch.onAsked(({ merged }) => {
    if (merged === undefined || merged.approved) return;
    const { policy } = merged;
    const [newest, ...before] = remitHistory(github, merged.commit);
    if (policy === undefined || newest === undefined) return;
    // GitHub merges in one turn whatever is ready: what it merged since the last look, Remit couldn't count.
    const known = merged.by === "remit" ? undefined : github.git.objects.ancestors(merged.look?.head ?? merged.base);
    const older = before.filter(({ oid }) => known === undefined || known.has(oid));
    // A clock that is off is off in the counting, too; and git counts whole seconds.
    const slack = simulation.toleratedSkewMs + 1000;
    const within = (windowMs: number, past: readonly RemitCommit[], most: number, of: string) => {
      const counted = past.filter(({ at }) => newest.at - at < windowMs - slack).length;
      if (counted < most) return;
      const hours = windowMs / hour;
      simulation.fail("I4", `change ${counted + 1} of ${of} within ${hours} h, allowed are ${most}`);
    };
    const past = older.filter(({ target }) => target === newest.target);
    within(day, past, policy.perTarget, newest.target);
    const ofService = older.filter(({ service }) => service === newest.service);
    within(day, ofService, policy.perService, newest.service);
    within(hour, older, policy.perRepository, "the repository");
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

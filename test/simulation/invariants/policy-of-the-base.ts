/**
 * I7: what is merged is allowed by the policy, and by the reviews, that stood when Remit looked, and says so. What a review
 * allowed is merged right after the look, with nothing in between.
 */
import { digest } from "../../../src/digest.ts";
import { remitCommit } from "./facts.ts";
import type { Invariant } from "./invariant.ts";

const vetoMs = 5 * 60_000;

export const policyOfTheBase: Invariant = (simulation) => {
  const { github, watch } = simulation;
  // One process does a piece of work within another: what stands between the look and the merge is of the same piece.
  const lastSent = new WeakMap<object, string>();
  const beforeMerge = new Map<string, string | undefined>();
  watch.onSent(({ process, effect }) => {
    const { atHand } = simulation;
    if (atHand === undefined) return;
    if (effect === "a merge") beforeMerge.set(process.name, lastSent.get(atHand));
    if (effect !== "a token") lastSent.set(atHand, effect);
  });
  watch.onAsked(({ merged, process }) => {
    if (merged === undefined) return;
    const { pull, commit, approved, policy } = merged;
    const fail = (what: string) => simulation.fail("I7", `#${pull.number}: ${what}`);
    if (policy === undefined) return fail("merged without a policy that can be read");
    const { tier, text } = policy;
    const said = remitCommit(github, commit);
    const vetoed = merged.decidedAt - pull.createdAt < vetoMs - simulation.toleratedSkewMs - 1000;
    const before = beforeMerge.get(process.name);
    const restsOnReview = merged.by === "remit" && (said?.tier === "propose" || (said?.tier === "delay" && vetoed));
    if (restsOnReview && before !== "a look at GitHub") fail(`${before} stands between the look and the merge`);
    const allowed = approved ? ["merge", "delay", "propose"] : ["merge", "delay"];
    if (!allowed.includes(tier))
      fail(`merged ${approved ? "with" : "without"} the reviews that it needs, and the policy says ${tier}`);
    if (merged.reviewed.objectedTo) fail("merged over an objection");
    if (tier === "delay" && !approved && vetoed) fail("merged before the veto window had ended");
    const by = said?.policy.split("@")[0];
    // GitHub's merges say what was decided when it was left to them.
    if (merged.by === "remit" && by !== digest(text)) fail(`merged by policy ${by}, and main's is ${digest(text)}`);
  });
  return undefined;
};

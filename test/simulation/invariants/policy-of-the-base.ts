/**
 * I7: what is merged is allowed by the policy, and by the reviews, that stood when Remit looked, and says so. What a review
 * allowed is merged right after the look, with nothing in between.
 */
import { digest } from "../../../src/digest.ts";
import { remitCommit } from "./facts.ts";
import type { Invariant } from "./invariant.ts";
import { policyAt } from "./policy-at.ts";

const vetoMs = 5 * 60_000;

export const policyOfTheBase: Invariant = (simulation) => {
  const { github, watch } = simulation;
  const lastSent = new Map<string, string>();
  watch.onSent(({ process, effect, path }) => {
    const before = lastSent.get(process.name);
    if (effect !== "a token") lastSent.set(process.name, effect);
    const number = Number(/\/pulls\/(\d+)\/merge$/.exec(path)?.[1]);
    if (effect !== "a merge" || !process.lastLook?.approved.has(number) || before === "a look at GitHub") return;
    simulation.fail("I7", `#${number}: ${before} stands between the look and the merge`);
  });
  watch.onAsked(({ merged, process, at }) => {
    if (merged === undefined) return;
    const { pull, commit, approved, base } = merged;
    const fail = (what: string) => simulation.fail("I7", `#${pull.number}: ${what}`);
    const policy = policyAt(github, process.lastLook?.head ?? base);
    if (policy === undefined) return fail("merged without a policy that can be read");
    const { tier, text } = policy;
    const allowed = approved ? ["merge", "delay", "propose"] : ["merge", "delay"];
    if (!allowed.includes(tier)) fail(`merged ${approved ? "with" : "without"} a review, and the policy says ${tier}`);
    if (tier === "delay" && !approved && at - pull.createdAt < vetoMs - simulation.toleratedSkewMs - 1000) {
      fail("merged before the veto window had ended");
    }
    const said = remitCommit(github, commit)?.policy.split("@")[0];
    if (said !== digest(text)) fail(`merged by policy ${said}, and main's is ${digest(text)}`);
  });
  return undefined;
};

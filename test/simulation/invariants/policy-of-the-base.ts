/** I7: what is merged is allowed by the policy that stood on main when Remit looked, and says so. */
import { digest } from "../../../src/digest.ts";
import { remitCommit } from "./facts.ts";
import type { Invariant } from "./invariant.ts";
import { policyAt } from "./policy-at.ts";

const vetoMs = 5 * 60_000;

export const policyOfTheBase: Invariant = (simulation) => {
  const { github, watch } = simulation;
  watch.onAsked(({ merged, process, at }) => {
    if (merged === undefined) return;
    const { pull, commit, approved, base } = merged;
    const fail = (what: string) => simulation.fail("I7", `#${pull.number}: ${what}`);
    const policy = policyAt(github, process.lastLook?.head ?? base);
    if (policy === undefined) return fail("merged without a policy that can be read");
    const { tier, text } = policy;
    const allowed = approved ? ["merge", "delay", "propose"] : ["merge", "delay"];
    if (!allowed.includes(tier)) fail(`merged ${approved ? "with" : "without"} a review, and the policy says ${tier}`);
    if (tier === "delay" && !approved && at - pull.createdAt < vetoMs - Math.max(simulation.mostSkewMs, 1000)) {
      fail("merged before the veto window had ended");
    }
    const said = remitCommit(github, commit)?.policy.split("@")[0];
    if (said !== digest(text)) fail(`merged by policy ${said}, and main's is ${digest(text)}`);
  });
  return undefined;
};

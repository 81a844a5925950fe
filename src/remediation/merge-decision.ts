/** An open pull request of ours with its gate reported: may it be merged now, what is it waiting for, and for how long? */
import { minimumTier } from "../authority/minimum-tier.ts";
import type { Reason } from "../reason.ts";
import { validApprovals } from "./approvals.ts";
import type { PullView } from "./forge.ts";
import type { Remediation } from "./response.ts";
import type { Assessment, Situation } from "./situation.ts";
import type { Step } from "./step.ts";
import { escalateOnce, waitForLeave, waitUntil } from "./waiting.ts";

export function mergeDecision(
  situation: Situation,
  current: Remediation,
  assessment: Assessment,
  pull: PullView,
): Step {
  // What was decided can be lowered by what is true now, never raised: people saw the first verdict.
  const tier = minimumTier([current.verdict.tier, assessment.verdict.tier]);
  if (tier === "observe" || tier === "suggest") return waitForLeave(situation, pull.createdAt, assessment);
  const failed = pull.checks.filter((check) => check.required && check.state === "failure");
  if (failed.length > 0) {
    const names = failed.map((check) => check.name).join(", ");
    return escalateOnce(situation, [{ code: "checks-failed", message: `a required check failed: ${names}` }]);
  }
  const approvals = validApprovals(pull, situation.permissions, assessment.verdict.approvals.permission);
  const logins = tier === "propose" ? approvals.unknown : approvals.unknownObjectors;
  if (logins.length > 0) return { do: "look-up-permissions", logins };
  const reviewed = pull.createdAt + situation.settings.reviewWithinMs;
  if (approvals.objections.length > 0) {
    // Whoever objected knows of the change; that the trouble lasts is for somebody to hear.
    return waitUntil(situation, reviewed, { code: "approval-missing", message: "changes were requested" });
  }
  const needed = Math.max(1, assessment.verdict.approvals.count);
  if (tier === "propose" && approvals.approvers.length < needed) {
    const message = `waiting for ${needed} approving review${needed === 1 ? "" : "s"} of this head`;
    return waitUntil(situation, reviewed, { code: "approval-missing", message });
  }
  if (tier === "delay") {
    const until = pull.createdAt + Math.max(current.verdict.vetoWindowMs, assessment.verdict.vetoWindowMs);
    if (situation.now < until) {
      return { do: "wait", until, reason: { code: "grant", message: "people may object until the veto window ends" } };
    }
  }
  return whenReady(situation, pull);
}

/** GitHub's own word about rules and checks comes last: everything that is ours to decide has been decided. */
function whenReady(situation: Situation, pull: PullView): Step {
  const deadline = pull.createdAt + situation.settings.checksWithinMs;
  switch (pull.mergeState) {
    case "clean":
    case "unstable":
    case "has-hooks":
      return { do: "merge" };
    case "dirty":
      return { do: "withdraw", reason: { code: "head-moved", message: "the change conflicts with the base branch" } };
    case "unknown":
      // GitHub computes it when asked; the next look has it.
      return { do: "wait", until: situation.now + situation.settings.settleMs, reason: pending(pull) };
    default:
      return waitUntil(situation, deadline, pending(pull));
  }
}

function pending(pull: PullView): Reason {
  const waiting = pull.checks.filter((check) => check.state === "pending").map((check) => check.name);
  if (waiting.length > 0) return { code: "checks-pending", message: `waiting for ${waiting.join(", ")}` };
  return { code: "merge-blocked", message: `GitHub reports the pull request as ${pull.mergeState}` };
}

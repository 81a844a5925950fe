/** An open pull request of ours with its gate reported: may it be merged now, what is it waiting for, and for how long? */
import { minimumTier } from "../authority/minimum-tier.ts";
import type { Verdict } from "../authority/verdict.ts";
import type { Instant } from "../clock.ts";
import type { Reason } from "../reason.ts";
import { type Approvals, isIndependent, validApprovals, withApprovals } from "./approvals.ts";
import type { PullView, SuspectAuthors } from "./forge.ts";
import { isOurGate } from "./is-our-gate.ts";
import { formatDuration } from "./prose/format-duration.ts";
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
  const rules = assessment.verdict.approvals;
  const approvals = validApprovals(
    withApprovals(pull, situation.response.asked?.approvals),
    situation.permissions,
    rules,
    situation.now,
  );
  const logins = tier === "propose" ? approvals.unknown : approvals.unknownObjectors;
  if (logins.length > 0) return { do: "look-up-permissions", logins };
  const reviewed = pull.createdAt + situation.settings.reviewWithinMs;
  if (approvals.objected) {
    // Whoever objected knows of the change; that the trouble lasts is for somebody to hear.
    return waitUntil(situation, reviewed, { code: "approval-missing", message: "changes were requested" });
  }
  const missing = tier === "propose" ? missingApproval(approvals, rules, situation.view?.suspectAuthors) : undefined;
  if (missing !== undefined) return waitUntil(situation, reviewed, missing);
  if (tier === "delay") {
    const until = pull.createdAt + Math.max(current.verdict.vetoWindowMs, assessment.verdict.vetoWindowMs);
    if (situation.now < until) {
      return { do: "wait", until, reason: { code: "grant", message: "people may object until the veto window ends" } };
    }
  }
  return whenReady(situation, current, pull);
}

function missingApproval(
  { approvers, stale }: Approvals,
  rules: Verdict["approvals"],
  authors: SuspectAuthors | undefined,
): Reason | undefined {
  const needed = Math.max(1, rules.count);
  if (approvers.length < needed) {
    const reviews = `${needed} approving review${needed === 1 ? "" : "s"} of this head`;
    return stale
      ? { code: "approval-stale", message: `waiting for ${reviews} within ${formatDuration(rules.maxAgeMs)}` }
      : { code: "approval-missing", message: `waiting for ${reviews}` };
  }
  if (isIndependent(approvers, authors)) return undefined;
  const message =
    authors?.known === true
      ? "only whoever wrote the suspected change approves: somebody else has to, too"
      : "GitHub doesn't know who wrote the suspected change, so two people have to approve";
  return { code: "approval-by-author", message };
}

/** GitHub's own word about rules and checks comes last: everything that is ours to decide has been decided. */
function whenReady(situation: Situation, current: Remediation, pull: PullView): Step {
  const deadline = pull.createdAt + situation.settings.checksWithinMs;
  switch (pull.mergeState) {
    case "clean":
    case "unstable":
    case "has-hooks":
      return pull.needsQueue === true ? throughQueue(situation, current, pull) : whenThere(situation, { do: "merge" });
    case "dirty":
      return { do: "withdraw", reason: { code: "head-moved", message: "the change conflicts with the base branch" } };
    case "unknown":
      // GitHub computes it when asked; the next look has it.
      return { do: "wait", until: situation.now + situation.settings.settleMs, reason: pending(pull) };
    case "blocked":
      if (pull.needsQueue === true && everythingGreen(pull)) return throughQueue(situation, current, pull);
      if (mayArm(situation, pull, deadline)) return whenThere(situation, { do: "hand-over", to: "auto-merge" });
      return waitUntil(situation, deadline, pending(pull));
    default:
      return waitUntil(situation, deadline, pending(pull));
  }
}

/** Nothing that Remit may do passes the queue. What the queue has let go, for whatever reason, is put into it by people only. */
function throughQueue(situation: Situation, { queuedAt }: Remediation, pull: PullView): Step {
  const { checksWithinMs } = situation.settings;
  if (pull.handedOver?.to === "queue") {
    const since = queuedAt ?? pull.createdAt;
    return waitUntil(situation, since + checksWithinMs, {
      code: "merge-queued",
      message: "GitHub's merge queue has it",
    });
  }
  if (queuedAt !== undefined)
    return escalateOnce(situation, [
      { code: "merge-blocked", message: "GitHub's merge queue let the pull request go without merging it" },
    ]);
  if (pull.handOverRefused === true) return waitUntil(situation, pull.createdAt + checksWithinMs, pending(pull));
  return whenThere(situation, { do: "hand-over", to: "queue" });
}

/** A queue as a rule may itself be told as what blocks. */
function everythingGreen({ checks }: PullView): boolean {
  return checks.every(({ required, state }) => !required || state === "success" || state === "neutral");
}

/**
 * Not again and again, and not after somebody was called about it. GitHub's auto-merge outlives a push to the branch: only where
 * Remit's gate is required does it merge no other head than the one that was judged.
 */
function mayArm({ autoMerge, now }: Situation, pull: PullView, deadline: Instant): boolean {
  if (!pull.checks.some((check) => isOurGate(check) && check.required)) return false;
  const isFree = pull.handedOver === undefined && pull.handOverRefused !== true && pull.needsQueue !== true;
  return autoMerge === true && isFree && now < deadline;
}

/** What nobody can pull mends nothing. A person may know better, and merges it. */
function whenThere(situation: Situation, then: Step): Step {
  const { images } = situation;
  if (images === undefined) return { do: "look-at-images" };
  const gone = images.filter(({ code }) => code === "image-gone");
  return gone.length === 0 ? then : escalateOnce(situation, gone);
}

function pending(pull: PullView): Reason {
  const waiting = pull.checks.filter((check) => check.state === "pending").map((check) => check.name);
  if (waiting.length > 0) return { code: "checks-pending", message: `waiting for ${waiting.join(", ")}` };
  return { code: "merge-blocked", message: `GitHub reports the pull request as ${pull.mergeState}` };
}

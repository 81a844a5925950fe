/** A remediation is decided and not merged: write it, prove it, wait for what it needs, merge it. Or step back. */
import type { Instant } from "../clock.ts";
import { isPutOff } from "../incidents/lease-alert.ts";
import type { PullView } from "./forge.ts";
import { isCalledFor } from "./is-called-for.ts";
import { isOurGate } from "./is-our-gate.ts";
import { mergeDecision } from "./merge-decision.ts";
import { otherTrouble } from "./put-off.ts";
import type { Remediation } from "./response.ts";
import type { Assessment, Situation } from "./situation.ts";
import type { Step } from "./step.ts";
import { visibleStop } from "./visible-stop.ts";
import { escalateOnce, keepLooking, waitForLeave, waitUntil } from "./waiting.ts";

export function beforeMerge(situation: Situation, current: Remediation): Step {
  const { view } = situation;
  if (view === undefined) return { do: "read" };
  const pull = view.pull;
  if (pull?.state === "merged") return mergedBefore(situation, current, pull);
  const { rejected } = situation.response.asked ?? {};
  if (rejected !== undefined && rejected.at >= current.decidedAt)
    return { do: "withdraw", reason: { code: "rejected-by-person", message: `${rejected.by} rejected it` } };
  if (current.withdrawing !== undefined) return { do: "withdraw", reason: current.withdrawing };
  if (pull?.withdrawn) return endedBy("attempts-exhausted", "Remit withdrew this very change before in this incident");
  if (pull?.state === "closed") return endedBy("closed-by-person", "a person closed the pull request");
  if (pull !== undefined && hasForeignCommit(pull, current)) {
    return endedBy("foreign-commit", "somebody else committed to Remit's branch, so it is theirs now");
  }
  if (isPutOff(situation.incident)) return { do: "withdraw", reason: otherTrouble };
  if (!isCalledFor(situation)) {
    return {
      do: "withdraw",
      reason: { code: "resolved-before-merge", message: "the alert resolved before the merge" },
    };
  }

  const stop = visibleStop(view, situation.stopEnvironment);
  if (stop !== undefined) return keepLooking(situation, stop);
  if (view.archived) return keepLooking(situation, { code: "merge-blocked", message: "the repository is archived" });

  const { assessment } = situation;
  if (assessment === undefined || assessment.head !== view.head) return { do: "assess" };
  if (assessment.obstacle !== undefined)
    return waitForWord(situation, assessment.mergedAt) ?? { do: "withdraw", reason: assessment.obstacle };
  return pull === undefined ? propose(situation, current, assessment) : withPull(situation, current, assessment, pull);
}

/** More than clocks differ. Identical changes merged within days have another branch name already. */
const clockSkewMs = 10 * 60_000;

/** Our merge, or one of long ago that left a pull request of the same name: that one says nothing about this incident. */
function mergedBefore(situation: Situation, current: Remediation, pull: PullView): Step {
  const at = pull.mergedAt ?? situation.now;
  if (at >= current.decidedAt - clockSkewMs) return { do: "record-merge", commit: pull.mergeCommit ?? pull.head, at };
  return endedBy("merge-blocked", "the same change was merged long before this incident, so a person decides");
}

/** Its own merge is nobody else's change. GitHub's word comes by webhook, or is asked for; after as long as checks may take it isn't awaited any more. */
function waitForWord(situation: Situation, mergedAt: Instant | undefined): Step | undefined {
  if (mergedAt === undefined || situation.now >= mergedAt + situation.settings.checksWithinMs) return undefined;
  const message = "the base branch has the change, and GitHub is about to say that it merged it";
  return keepLooking(situation, { code: "merge-blocked", message });
}

function endedBy(
  code: "closed-by-person" | "foreign-commit" | "merge-blocked" | "attempts-exhausted",
  message: string,
): Step {
  return { do: "end", outcome: "rejected", reason: { code, message } };
}

function propose(situation: Situation, current: Remediation, assessment: Assessment): Step {
  // GitHub's lists follow by some seconds. What was proposed once is never proposed again, however long it isn't shown.
  if (current.pullNumber !== undefined) {
    const message = `GitHub doesn't show pull request #${current.pullNumber}`;
    return waitUntil(situation, current.decidedAt + situation.settings.checksWithinMs, {
      code: "merge-blocked",
      message,
    });
  }
  const { tier } = assessment.verdict;
  if (tier === "propose" || tier === "delay" || tier === "merge") return { do: "propose" };
  return waitForLeave(situation, current.decidedAt, assessment);
}

function withPull(situation: Situation, current: Remediation, assessment: Assessment, pull: PullView): Step {
  if (assessment.gate === undefined) return { do: "assess" };
  if (!pull.checks.some(isOurGate)) return { do: "report-gate" };
  if (assessment.gate.conclusion === "failure") {
    return escalateOnce(situation, assessment.gate.reasons);
  }
  return mergeDecision(situation, current, assessment, pull);
}

/** Hands off: somebody else's commit on our branch, or a head that isn't ours. */
function hasForeignCommit(pull: PullView, current: Remediation): boolean {
  if (current.commit !== undefined && pull.head !== current.commit) return true;
  return pull.commits.some((commit) => !commit.byUs);
}

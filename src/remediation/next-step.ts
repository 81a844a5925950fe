/**
 * The one place that decides what happens next. Pure: the same situation always gives the same step, so a lost,
 * doubled or reordered webhook, a crash between two steps and a second replica all end in the same repository state.
 */
import { isFiring } from "../incidents/alert-state.ts";
import { leaseEndsAt } from "../incidents/lease-alert.ts";
import { afterMerge } from "./after-merge.ts";
import { beforeMerge } from "./before-merge.ts";
import { beforePlan } from "./before-plan.ts";
import { noteAnswer, orCallAgain } from "./call-again.ts";
import { answerFirst, unlessHeld } from "./comments/while-asked.ts";
import { otherTrouble } from "./put-off.ts";
import type { Ended, Remediation } from "./response.ts";
import type { Situation } from "./situation.ts";
import type { Step } from "./step.ts";
import { whileClockIsWrong } from "./while-clock-is-wrong.ts";
import { whileHandedOver } from "./while-handed-over.ts";

export function nextStep(situation: Situation): Step {
  if (situation.response.closed !== undefined) return { do: "wait", until: undefined, reason: undefined };
  return whileHandedOver(situation, decided(situation));
}

function decided(situation: Situation): Step {
  return (
    whileClockIsWrong(situation) ??
    answerFirst(situation) ??
    noteAnswer(situation) ??
    orCallAgain(situation, unlessHeld(situation, byRemediation(situation)))
  );
}

function byRemediation(situation: Situation): Step {
  const current = situation.response.remediations.at(-1);
  if (current === undefined) return beforePlan(situation);
  if (current.ended !== undefined) return afterEnd(situation, current, current.ended);
  return current.merged === undefined
    ? callingNobody(situation, beforeMerge(situation, current))
    : afterMerge(situation, current, current.merged);
}

/** What was only asked for is no emergency: where nobody lets it happen in time it is withdrawn. */
function callingNobody({ incident, response }: Situation, step: Step): Step {
  const [reason] = step.do === "escalate" ? step.reasons : [];
  const isOnlyAsked = response.asked?.request !== undefined && !isFiring(incident);
  return reason !== undefined && isOnlyAsked ? { do: "withdraw", reason } : step;
}

/** The newest remediation is over: undo it, hand over, or close. */
function afterEnd({ response, incident }: Situation, current: Remediation, ended: Ended): Step {
  const firing = isFiring(incident);
  if (current.kind === "fix" && current.merged !== undefined && response.asked?.undo !== undefined)
    return { do: "undo" };
  const calm =
    ended.outcome === "recovered" ||
    ended.reason.code === otherTrouble.code ||
    (ended.reason.code === "already-restored" && leaseEndsAt(incident) !== undefined) ||
    (!firing && (ended.outcome === "withdrawn" || ended.outcome === "rejected"));
  if (response.escalated === undefined && !calm) return { do: "escalate", reasons: [ended.reason] };
  if (current.kind === "fix" && ended.outcome === "recovered") {
    return { do: "close", outcome: "recovered", reasons: [ended.reason] };
  }
  // Only what was applied and seen to fail is undone. Undelivered or unknown is a person's to judge.
  if (current.kind === "fix" && ended.outcome === "failing" && firing) return { do: "undo" };
  // Whoever doesn't want a lease to end knows of it: no other incident of its target is kept waiting.
  const isKept = current.merged === undefined && leaseEndsAt(incident) !== undefined;
  if (firing && !isKept) return { do: "wait", until: undefined, reason: ended.reason };
  if (current.kind === "undo" && ended.outcome === "recovered" && response.escalated === undefined)
    return { do: "close", outcome: "recovered", reasons: [ended.reason] };
  const outcome = response.escalated === undefined ? "resolved-without-change" : "handed-off";
  return { do: "close", outcome, reasons: [ended.reason] };
}

/** No remediation yet: look, decide, and either begin one, tell people, or abstain. */
import { isFiring, knownSince } from "../incidents/alert-state.ts";
import { isPutOff, leaseEndsAt } from "../incidents/lease-alert.ts";
import type { Reason } from "../reason.ts";
import { isCalledFor } from "./is-called-for.ts";
import { isCrowdedOut } from "./is-crowded-out.ts";
import { otherTrouble } from "./put-off.ts";
import type { Plan } from "./response.ts";
import type { Situation } from "./situation.ts";
import type { Step } from "./step.ts";
import { keepLooking, waitUntil } from "./waiting.ts";

export function beforePlan(situation: Situation): Step {
  const { incident, response, now } = situation;
  if (!isCalledFor(situation)) {
    const outcome =
      response.escalated !== undefined
        ? "handed-off"
        : abstained(response.plan)
          ? "abstained"
          : "resolved-without-change";
    return { do: "close", outcome, reasons: [{ code: "resolved-before-merge", message: "every alert resolved" }] };
  }
  if (isPutOff(incident)) return { do: "close", outcome: "resolved-without-change", reasons: [otherTrouble] };
  // Told by a clock that was ahead.
  const endsAt = leaseEndsAt(incident);
  if (endsAt !== undefined && now < endsAt) return { do: "wait", until: endsAt, reason: undefined };
  if (response.plan === undefined || isStale(response.plan, situation)) {
    return situation.view === undefined ? { do: "read" } : { do: "plan" };
  }
  if (response.asked?.request !== undefined && !isFiring(incident)) return answerRequest(situation, response.plan);
  if (mustCall(response.plan) && response.escalated === undefined)
    return situation.view === undefined ? { do: "read" } : { do: "escalate", reasons: reasons(response.plan) };
  if (mustTell(response.plan) && !wasTold(response, response.plan))
    return situation.view === undefined ? { do: "read" } : { do: "suggest" };
  if (stopped(response.plan)) return keepLooking(situation, reasons(response.plan)[0]);
  if (isCrowdedOut(response.plan)) return waitForPlace(situation, response.plan);
  return response.issueNumber === undefined ? silence(response.plan) : afterTelling(situation, response.plan);
}

/** What a person asked for isn't done, or not any more: they are told why, and nothing waits for another chance. */
function answerRequest({ response, view }: Situation, plan: Plan): Step {
  if (wasTold(response, plan)) return { do: "close", outcome: "abstained", reasons: reasons(plan) };
  return view === undefined ? { do: "read" } : { do: "suggest" };
}

/** There is nothing to say, so the alert is its sender's affair. */
function silence(plan: Plan): Step {
  return { do: "wait", until: undefined, reason: reasons(plan)[0] };
}

/** People were told, and it still fires. Somebody is called when nobody has answered for as long as a review may take. */
function afterTelling({ incident, response, settings, now }: Situation, plan: Plan): Step {
  const deadline = knownSince(incident) + settings.reviewWithinMs;
  if (response.escalated !== undefined) return silence(plan);
  if (now >= deadline) return { do: "escalate", reasons: reasons(plan) };
  return { do: "wait", until: deadline, reason: reasons(plan)[0] };
}

/** A place may be free any time. Nobody waits for it longer than for a review. */
function waitForPlace(situation: Situation, plan: Plan): Step {
  const { incident, settings } = situation;
  const [reason] = reasons(plan);
  if (reason === undefined) return keepLooking(situation, reason);
  return waitUntil(situation, knownSince(incident) + settings.reviewWithinMs, reason);
}

/** The facts that the plan rests on have changed: the base branch, the alerts, or the stop switch may have been released. */
function isStale(plan: Plan, { incident, knownHead, now, settings, placeFree }: Situation): boolean {
  // However much moves meanwhile, a plan that waits for a place costs no look at GitHub until there is one.
  if (isCrowdedOut(plan)) return placeFree;
  if (knownHead !== undefined && knownHead !== plan.base) return true;
  // A clock that was ahead may have seen one at a time that is still to come.
  if (incident.alerts.some(({ firstSeenAt }) => firstSeenAt > plan.at && firstSeenAt <= now)) return true;
  return stopped(plan) && now - plan.at >= settings.pollEveryMs;
}

function abstained(plan: Plan | undefined): boolean {
  return plan !== undefined && plan.outcome.kind === "abstain";
}

function stopped(plan: Plan): boolean {
  return (
    plan.outcome.kind === "change" &&
    plan.outcome.verdict.operands.some((operand) => operand.name === "stop" && operand.tier === "observe")
  );
}

/** What Remit did about it before has worn off, and doing more of it would only put it off. */
function mustCall({ outcome }: Plan): boolean {
  return outcome.kind === "abstain" && outcome.reasons.some(({ code }) => code === "leak-suspected");
}

/** People are told of a change that Remit may only suggest, and of a suspect that it declined to act on. Silence otherwise. */
function mustTell(plan: Plan): boolean {
  if (plan.outcome.kind === "change") return plan.outcome.verdict.tier === "suggest";
  return plan.suspects.length > 0;
}

function wasTold({ issueNumber, toldAt }: Situation["response"], plan: Plan): boolean {
  return issueNumber !== undefined && toldAt === plan.at;
}

/** Of a verdict, those that kept it as low as it is. */
function reasons({ outcome }: Plan): readonly Reason[] {
  if (outcome.kind === "abstain") return outcome.reasons;
  const { tier, operands } = outcome.verdict;
  return operands.filter((operand) => operand.tier === tier).map(({ reason }) => reason);
}

/** No remediation yet: look, decide, and either begin one, tell people, or abstain. */
import { isFiring } from "../incidents/alert-state.ts";
import type { Reason } from "../reason.ts";
import { isCrowdedOut } from "./is-crowded-out.ts";
import type { Plan } from "./response.ts";
import type { Situation } from "./situation.ts";
import type { Step } from "./step.ts";

export function beforePlan(situation: Situation): Step {
  const { incident, response, settings, now } = situation;
  if (!isFiring(incident)) {
    const outcome =
      response.escalated !== undefined
        ? "handed-off"
        : abstained(response.plan)
          ? "abstained"
          : "resolved-without-change";
    return { do: "close", outcome, reasons: [{ code: "resolved-before-merge", message: "every alert resolved" }] };
  }
  if (response.plan === undefined || isStale(response.plan, situation)) {
    return situation.view === undefined ? { do: "read" } : { do: "plan" };
  }
  if (mustTell(response.plan) && !wasTold(situation))
    return situation.view === undefined ? { do: "read" } : { do: "suggest" };
  return {
    do: "wait",
    until: stopped(response.plan) || isCrowdedOut(response.plan) ? now + settings.pollEveryMs : undefined,
    reason: reason(response.plan),
  };
}

/** The facts that the plan rests on have changed: the base branch, the alerts, or the stop switch may have been released. */
function isStale(plan: Plan, { incident, knownHead, now, settings, placeFree }: Situation): boolean {
  // However much moves meanwhile, a plan that waits for a place costs no look at GitHub until there is one.
  if (isCrowdedOut(plan)) return placeFree;
  if (knownHead !== undefined && knownHead !== plan.base) return true;
  if (incident.alerts.some((alert) => alert.firstSeenAt > plan.at)) return true;
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

/** People are told of a change that Remit may only suggest, and of a suspect that it declined to act on. Silence otherwise. */
function mustTell(plan: Plan): boolean {
  if (plan.outcome.kind === "change") return plan.outcome.verdict.tier === "suggest";
  return plan.suspects.length > 0;
}

function wasTold({ response }: Situation): boolean {
  return response.issueNumber !== undefined && response.toldAt === response.plan?.at;
}

/** The one that withholds it. */
function reason({ outcome }: Plan): Reason | undefined {
  if (outcome.kind === "abstain") return outcome.reasons[0];
  return outcome.verdict.operands.find(({ tier }) => tier === outcome.verdict.tier)?.reason;
}

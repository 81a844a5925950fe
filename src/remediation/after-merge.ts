/** Merged: wait until a controller applied it, then until recovery is certain. Undelivered is not failed: it is never undone. */
import type { Instant } from "../clock.ts";
import { isFiring } from "../incidents/alert-state.ts";
import type { Reason } from "../reason.ts";
import type { Observation, Remediation } from "./response.ts";
import type { ResponseSettings } from "./settings.ts";
import type { Situation } from "./situation.ts";
import type { Step } from "./step.ts";

export function afterMerge(situation: Situation, current: Remediation, merged: { readonly at: Instant }): Step {
  if (current.delivered === undefined) return awaitDelivery(situation, merged.at);
  // Watched to its end all the same: what was decided may well have helped.
  if (current.differs !== undefined && situation.response.escalated === undefined) {
    return { do: "escalate", reasons: [current.differs] };
  }
  return verify(situation, current, current.delivered.at);
}

function awaitDelivery({ delivery, now, settings }: Situation, mergedAt: Instant): Step {
  if (delivery.applied !== undefined) return { do: "record-delivery", ...delivery.applied };
  const deadline = mergedAt + settings.deliverWithinMs;
  if (now >= deadline) {
    const undelivered = "the change was merged, and no controller said that it was applied";
    return { do: "end", outcome: "undelivered", reason: { code: "undelivered", message: undelivered } };
  }
  return { do: "wait", until: deadline, reason: delivery.failed === undefined ? pending : failed };
}

const pending: Reason = { code: "delivery-pending", message: "waiting for the controller" };
const failed: Reason = {
  code: "delivery-failed",
  message: "the controller failed to apply it, and may try again",
};

function verify(situation: Situation, current: Remediation, deliveredAt: Instant): Step {
  const { now } = situation;
  const settings = verification(situation, current);
  const last = current.observations.at(-1);
  if (streak(current.observations) >= settings.recoveredStreak) {
    const recovered = "the change was applied, and the alert resolved and stayed resolved";
    return { do: "end", outcome: "recovered", reason: { code: "recovered", message: recovered } };
  }
  const deadline = deliveredAt + settings.verifyWithinMs;
  const due = (last?.at ?? deliveredAt) + settings.observeEveryMs;
  if (now >= due)
    return { do: "record-observation", observation: { at: now, verdict: observe(situation, deliveredAt) } };
  // A recovery that has begun is watched to its end, however late it began.
  if (now >= deadline && last !== undefined && last.verdict !== "recovered") {
    return last.verdict === "failing" ? failing : unknown;
  }
  return { do: "wait", until: due, reason: { code: "recovery-unknown", message: "watching for recovery" } };
}

/** As the runbook says, where it says something. */
function verification({ settings }: Situation, { verdict }: Remediation): ResponseSettings {
  const { withinMs, consecutive } = verdict.runbook?.verify ?? {};
  return {
    ...settings,
    verifyWithinMs: withinMs ?? settings.verifyWithinMs,
    recoveredStreak: consecutive ?? settings.recoveredStreak,
  };
}

const failing: Step = {
  do: "end",
  outcome: "failing",
  reason: { code: "still-failing", message: "the change was applied, and the target is still failing" },
};

const unknown: Step = {
  do: "end",
  outcome: "unknown",
  reason: { code: "recovery-unknown", message: "the change was applied, and it isn't clear whether it helped" },
};

/** Recovered and failing both need a word that came after the delivery. An old one says nothing about the new version. */
function observe({ incident, delivery }: Situation, deliveredAt: Instant): Observation["verdict"] {
  if (delivery.health === "degraded") return "failing";
  if (!isFiring(incident)) return "recovered";
  const firingSince = incident.alerts.filter((alert) => alert.status === "firing" && alert.lastFiringAt > deliveredAt);
  return firingSince.length > 0 ? "failing" : "indeterminate";
}

function streak(observations: readonly Observation[]): number {
  const lastOther = observations.findLastIndex((observation) => observation.verdict !== "recovered");
  return observations.length - 1 - lastOther;
}

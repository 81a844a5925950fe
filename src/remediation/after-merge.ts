/**
 * Merged: wait until a controller applied it, then until recovery is certain. Undelivered is not failed: it is never undone.
 * Nothing here asks GitHub until a time is up, so a clock that jumps meanwhile isn't noticed. Before a time is up for good, GitHub is
 * asked, which tells; and what a wrong clock noted is put right by what came before and by now.
 */
import type { Instant } from "../clock.ts";
import { isFiring } from "../incidents/alert-state.ts";
import type { Reason } from "../reason.ts";
import type { Observation, Remediation } from "./response.ts";
import type { ResponseSettings } from "./settings.ts";
import type { Situation } from "./situation.ts";
import type { Step } from "./step.ts";

export function afterMerge(situation: Situation, current: Remediation, merged: { readonly at: Instant }): Step {
  const undo = situation.response.asked?.undo;
  if (undo !== undefined && current.kind === "fix")
    return { do: "end", outcome: "unknown", reason: { code: "asked", message: `${undo.by} asked to take it back` } };
  if (current.delivered === undefined) return awaitDelivery(situation, merged.at);
  // Watched to its end all the same: what was decided may well have helped.
  if (current.differs !== undefined && situation.response.escalated === undefined) {
    return { do: "escalate", reasons: [current.differs] };
  }
  return verify(situation, current, current.delivered.at);
}

/** As far as machines' clocks may be apart. */
const slackMs = 60_000;

function awaitDelivery({ delivery, now, settings, view }: Situation, mergedAt: Instant): Step {
  // Merged in the future: the clock went back.
  if (now < mergedAt - slackMs && view === undefined) return { do: "read" };
  const { applied } = delivery;
  if (applied !== undefined) {
    const isPossible = applied.at >= mergedAt - slackMs && applied.at <= now;
    return { do: "record-delivery", ...applied, at: isPossible ? applied.at : now };
  }
  const deadline = mergedAt + settings.deliverWithinMs;
  if (now >= deadline) {
    if (view === undefined) return { do: "read" };
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
    const { alerts } = situation.incident;
    const calm = alerts.length === 0 ? "nothing was heard against it" : "the alert resolved and stayed resolved";
    const recovered = `the change was applied, and ${calm}`;
    return { do: "end", outcome: "recovered", reason: { code: "recovered", message: recovered } };
  }
  const deadline = watchedSince(situation, current, deliveredAt) + settings.verifyWithinMs;
  const lastLook = last?.at ?? deliveredAt;
  const due = lastLook > now ? now : lastLook + settings.observeEveryMs;
  if (now >= due)
    return { do: "record-observation", observation: { at: now, verdict: observe(situation, deliveredAt) } };
  // A recovery that has begun is watched to its end, however late it began.
  if (now >= deadline && last !== undefined && last.verdict !== "recovered") {
    if (situation.view === undefined) return { do: "read" };
    return last.verdict === "failing" ? failing : unknown;
  }
  return { do: "wait", until: due, reason: { code: "recovery-unknown", message: "watching for recovery" } };
}

/** A delivery in the future was noted by a wrong clock, or is looked at by one: what counts is how long it has been watched. */
function watchedSince({ now }: Situation, { observations }: Remediation, deliveredAt: Instant): Instant {
  if (deliveredAt <= now) return deliveredAt;
  return Math.min(now, ...observations.map(({ at }) => at));
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
function observe({ incident, delivery, now }: Situation, deliveredAt: Instant): Observation["verdict"] {
  if (delivery.health === "degraded") return "failing";
  if (!isFiring(incident)) return "recovered";
  const firingSince = incident.alerts.some(
    ({ status, lastFiringAt }) => status === "firing" && lastFiringAt > deliveredAt && lastFiringAt <= now,
  );
  return firingSince ? "failing" : "indeterminate";
}

function streak(observations: readonly Observation[]): number {
  const lastOther = observations.findLastIndex((observation) => observation.verdict !== "recovered");
  return observations.length - 1 - lastOther;
}

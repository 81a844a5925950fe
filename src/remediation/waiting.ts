/** The two ways to wait for somebody else: keep looking, or call a person once and keep looking. */
import type { Instant } from "../clock.ts";
import type { Reason } from "../reason.ts";
import type { Situation } from "./situation.ts";
import type { Step } from "./step.ts";

export function keepLooking(situation: Situation, reason: Reason | undefined): Step {
  return { do: "wait", until: nextLook(situation), reason };
}

export function escalateOnce(situation: Situation, reasons: readonly Reason[]): Step {
  if (situation.response.escalated === undefined) return { do: "escalate", reasons };
  return keepLooking(situation, reasons[0]);
}

/** Waits until the deadline, then calls a person and keeps looking. */
export function waitUntil(situation: Situation, deadline: Instant, reason: Reason): Step {
  if (situation.now >= deadline) return escalateOnce(situation, [reason]);
  return { do: "wait", until: Math.min(deadline, nextLook(situation)), reason };
}

function nextLook({ now, settings }: Situation): Instant {
  return now + settings.pollEveryMs;
}

/** The ways to wait for somebody else: keep looking, or call a person once, now or after a while, and keep looking. */
import type { Verdict } from "../authority/verdict.ts";
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

/** The policy allows less than it did. Whoever lowered it may raise it again; if not, somebody hears of the change. */
export function waitForLeave(
  situation: Situation,
  since: Instant,
  { verdict }: { readonly verdict: Pick<Verdict, "tier" | "operands"> },
): Step {
  const lowest = verdict.operands.find(({ tier }) => tier === verdict.tier)?.reason;
  const reason: Reason = lowest ?? { code: "no-grant", message: "the policy doesn't allow it any more" };
  return waitUntil(situation, since + situation.settings.reviewWithinMs, reason);
}

function nextLook({ now, settings }: Situation): Instant {
  return now + settings.pollEveryMs;
}

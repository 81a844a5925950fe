/** A merge that was left to GitHub happens whenever GitHub's rules are met, so it is taken back before Remit waits for anything else. */
import type { ReasonCode } from "../reason.ts";
import { holdOf } from "./comments/hold-of.ts";
import type { Situation } from "./situation.ts";
import type { Step } from "./step.ts";

/** For these GitHub waits, too. */
const gitHubs: ReadonlySet<ReasonCode> = new Set(["checks-pending", "merge-blocked", "merge-queued"]);

export function whileHandedOver(situation: Situation, step: Step): Step {
  const pull = situation.view?.pull;
  // Merged since that look, by Remit itself: there is nothing left to take back.
  if (situation.response.remediations.at(-1)?.merged !== undefined) return step;
  if (pull?.state !== "open" || pull.handedOver?.byUs !== true) return step;
  const isHeld = step.do === "wait" && holdOf(situation) !== undefined;
  const isElsewhere = step.do === "wait" && step.reason !== undefined && !gitHubs.has(step.reason.code);
  return isHeld || isElsewhere || step.do === "end" ? { do: "take-back-merge", from: pull.handedOver.to } : step;
}

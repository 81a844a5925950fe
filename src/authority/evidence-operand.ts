import type { Instant } from "../clock.ts";
import { span } from "../diagnosis/span.ts";
import { lastFiringAt } from "../incidents/alert-state.ts";
import type { Incident } from "../incidents/incident.ts";
import { isExpiry } from "../incidents/lease-alert.ts";
import type { ReasonCode } from "../reason.ts";
import type { Change } from "./change.ts";
import { firingSources } from "./conditions/firing-sources.ts";
import { leastConfidence } from "./defaults.ts";
import type { Runbook } from "./runbooks/runbook.ts";
import type { Operand, Tier } from "./verdict.ts";

export interface EvidenceInput {
  readonly candidate: Change;
  readonly incident: Incident | undefined;
  readonly kind: "fix" | "undo";
  readonly now: Instant;
  readonly maxAgeMs: number;
  /** What the runbook asks for; it can only ask for more. */
  readonly required: Runbook["evidence"];
}

/** Clocks of replicas differ by less. */
const toleratedMs = 60_000;

/** Is it sure enough, and does the trouble still last? An undo rests on the verification that failed, not on the alert's age. */
export function evidenceOperand({ candidate, incident, kind, now, maxAgeMs, required }: EvidenceInput): Operand {
  // Percentages round down.
  const percent = Math.floor(candidate.confidence * 100);
  const least = Math.max(leastConfidence * 100, required.confidence);
  // Written so that a confidence that is no number counts as none.
  if (!(percent >= least)) {
    return operand("propose", "evidence-weak", `the confidence is ${percent} %, below ${least} %`);
  }
  if (kind === "undo" && incident === undefined) return operand("propose", "evidence-stale", "no verification failed");
  if (kind === "undo") {
    return isExpiry(incident)
      ? operand("merge", "lease-expired", "the change was for a time that is over")
      : operand("merge", "still-failing", "the change was applied and didn't help");
  }
  const told = incident && lastFiringAt(incident);
  if (incident === undefined || told === undefined)
    return operand("propose", "evidence-stale", "no alert fires any more");
  // What was heard in the future was noted by a clock that has been set back since: how old it is, nobody knows.
  if (told - now > toleratedMs)
    return operand("propose", "evidence-stale", "the alert was last heard of by a clock that was wrong");
  if (now - told > Math.min(maxAgeMs, required.maxAgeMs))
    return operand("propose", "evidence-stale", `nothing was heard of the alert for ${span(now - told)}`);
  const sources = firingSources(incident);
  if (sources < required.sources) {
    return operand(
      "propose",
      "evidence-weak",
      `${sources} of ${required.sources} sources that the runbook asks for say that it fires`,
    );
  }
  return operand("merge", "suspect-found", `the confidence is ${percent} %, and the alert fires`);
}

function operand(tier: Tier, code: ReasonCode, message: string): Operand {
  return { name: "evidence", tier, reason: { code, message } };
}

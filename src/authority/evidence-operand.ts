import type { Candidate } from "../actions/candidate.ts";
import type { Instant } from "../clock.ts";
import { span } from "../diagnosis/span.ts";
import { lastFiringAt } from "../incidents/alert-state.ts";
import type { Incident } from "../incidents/incident.ts";
import type { ReasonCode } from "../reason.ts";
import { leastConfidence } from "./defaults.ts";
import type { Operand, Tier } from "./verdict.ts";

export interface EvidenceInput {
  readonly candidate: Candidate;
  readonly incident: Incident;
  readonly kind: "fix" | "undo";
  readonly now: Instant;
  readonly maxAgeMs: number;
}

/** Clocks of replicas differ by less. */
const toleratedMs = 60_000;

/** Is it sure enough, and does the trouble still last? An undo rests on the verification that failed, not on the alert's age. */
export function evidenceOperand({ candidate, incident, kind, now, maxAgeMs }: EvidenceInput): Operand {
  const percent = `${Math.floor(candidate.confidence * 100)} %`;
  // Written so that a confidence that is no number counts as none.
  if (!(candidate.confidence >= leastConfidence)) {
    return operand("propose", "evidence-weak", `the confidence is ${percent}, below ${leastConfidence * 100} %`);
  }
  if (kind === "undo") return operand("merge", "still-failing", "the change was applied and didn't help");
  const told = lastFiringAt(incident);
  if (told === undefined) return operand("propose", "evidence-stale", "no alert fires any more");
  // What was heard in the future was noted by a clock that has been set back since: how old it is, nobody knows.
  if (told - now > toleratedMs)
    return operand("propose", "evidence-stale", "the alert was last heard of by a clock that was wrong");
  if (now - told > maxAgeMs)
    return operand("propose", "evidence-stale", `nothing was heard of the alert for ${span(now - told)}`);
  return operand("merge", "suspect-found", `the confidence is ${percent}, and the alert fires`);
}

function operand(tier: Tier, code: ReasonCode, message: string): Operand {
  return { name: "evidence", tier, reason: { code, message } };
}

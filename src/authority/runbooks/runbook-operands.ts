import type { Incident } from "../../incidents/incident.ts";
import type { Change } from "../change.ts";
import type { Condition } from "../conditions/condition.ts";
import type { Holds } from "../conditions/holds-for.ts";
import { classByLabels, classTier } from "../incident-class.ts";
import { targetsOf } from "../limit-operands.ts";
import { minimumTier } from "../minimum-tier.ts";
import { placesOf } from "../places-of.ts";
import type { Operand } from "../verdict.ts";
import type { EffectiveRunbook } from "./matching-runbook.ts";
import type { RunbookState } from "./runbook.ts";

export interface RunbookInput {
  readonly runbooks: RunbookState;
  readonly runbook: EffectiveRunbook;
  readonly change: Change;
  readonly incident: Incident | undefined;
  readonly kind: "fix" | "undo";
  readonly holds: Holds;
}

/** May this incident lead to this action, by its runbook and by its class? */
export function runbookOperands(input: RunbookInput): readonly Operand[] {
  return [runbookOperand(input), classOperand(input)];
}

function runbookOperand({ runbooks, runbook, change, incident, kind, holds }: RunbookInput): Operand {
  if (runbooks.kind === "invalid") {
    const message = `the runbooks have ${placesOf(runbooks.mistakes)}: until it is mended people act`;
    return { name: "runbook", tier: "suggest", reason: { code: "runbook-invalid", message } };
  }
  const name = `runbook ${runbook.names.join(" and ")}`;
  // Taking back what Remit itself did needs no step of its own, nor does what a person asks for without an incident.
  if (kind === "fix" && incident !== undefined && !runbook.steps.some(({ action }) => action === change.action)) {
    return {
      name: "runbook",
      tier: "suggest",
      reason: { code: "runbook", message: `${name} has no step ${change.action}` },
    };
  }
  const fails = (condition: Condition) => targetsOf(change).some((target) => !holds(condition, target));
  const failed = kind === "fix" ? runbook.when.find(fails) : undefined;
  if (failed !== undefined) {
    const message = `${name} asks for: ${failed.message}`;
    return { name: "runbook", tier: "suggest", reason: { code: "condition-false", message } };
  }
  return { name: "runbook", tier: "merge", reason: { code: "within-limits", message: `${name} covers it` } };
}

/** The lower of what the runbook says and what the alerts' labels say. */
function classOperand({ runbook, incident }: RunbookInput): Operand {
  const labels = classByLabels(incident);
  const tier = minimumTier([classTier[runbook.class], classTier[labels.class]]);
  if (tier === "merge") return { name: "class", tier, reason: { code: "within-limits", message: labels.why } };
  const why =
    classTier[runbook.class] === tier ? `runbook ${runbook.names.join(" and ")} says ${runbook.class}` : labels.why;
  return tier === "suggest"
    ? { name: "class", tier, reason: { code: "class-human-only", message: `${why}: a person acts` } }
    : { name: "class", tier, reason: { code: "class-semi-safe", message: `${why}: a person approves` } };
}

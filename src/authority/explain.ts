/** A verdict as a chain: each operand, what it allows, and which of them stand in the way of the next tier up. */
import type { ReasonCode } from "../reason.ts";
import { tierIfEnforced } from "./tier-if-enforced.ts";
import { type Operand, type Tier, tiers, type Verdict } from "./verdict.ts";

export interface Explanation {
  readonly tier: Tier;
  /** If every grant were in force; undefined where no mode keeps anything back. */
  readonly enforced: Tier | undefined;
  readonly chain: readonly Operand[];
  /** undefined: there is no tier above. */
  readonly next: { readonly tier: Tier; readonly changes: readonly Change[] } | undefined;
}

interface Change {
  readonly operand: Operand["name"];
  readonly change: string;
}

/** The next tier up is the one that the second lowest operands allow; whatever is lowest would have to change. */
export function explain({ tier, operands }: Verdict): Explanation {
  const next = tiers[tiers.indexOf(tier) + 1];
  const enforced = tierIfEnforced({ tier, operands });
  if (next === undefined) return { tier, enforced, chain: operands, next: undefined };
  const blocking = operands.filter((operand) => tiers.indexOf(operand.tier) < tiers.indexOf(next));
  return {
    tier,
    enforced,
    chain: operands,
    next: {
      tier: next,
      changes: blocking.map((operand) => ({ operand: operand.name, change: changeFor(operand, next) })),
    },
  };
}

function changeFor({ reason }: Operand, next: Tier): string {
  return (advice[reason.code] ?? `this would have to allow ${next}: ${reason.message}`).replaceAll("TIER", next);
}

const advice: Readonly<Partial<Record<ReasonCode, string>>> = {
  "stop-environment": "unset REMIT_STOP where Remit runs",
  "stop-file": "remove .github/remit/STOP",
  "stop-issue": "close the issue labelled remit:stop",
  "policy-missing": "add .github/remit/authority.yaml",
  "policy-invalid": "mend the mistakes in .github/remit/authority.yaml",
  "policy-replayed": "raise spec.version above the newest one",
  "policy-reused": "raise spec.version",
  "policy-unsigned": "have the policy signed by as many as the deployment asks for",
  "no-grant": "add a grant of tier TIER that selects it",
  grant: "raise the grant to tier TIER",
  "condition-false": "the condition has to hold",
  mode: "raise the grant's mode",
  runbook: "add the action to the steps of the runbook",
  "runbook-invalid": "mend the mistakes in .github/remit/runbooks/",
  "class-human-only": "nothing: incidents of this class are for people",
  "class-semi-safe": "the runbook's class, or the alert's label, has to say otherwise",
  freeze: "wait until the freeze is over",
  "delivery-blocked": "resume the controller, or wait until its sync window allows it",
  cooldown: "wait until the cooldown is over",
  "rate-exceeded": "wait until older changes leave the window",
  "attempts-exhausted": "wait until older changes leave the window, or a person acts",
  "limits-unreadable": "the past has to be readable",
  "flip-flop": "a person has to end the quarrel",
  "verification-breaker": "commit to .github/remit/ once you know why the fixes didn't help",
};

import type { Plan } from "./response.ts";

/** Only the number of Remit's other changes withholds it: it is planned again once there is a place. */
export function isCrowdedOut(plan: Plan | undefined): boolean {
  if (plan?.outcome.kind !== "change" || plan.outcome.verdict.tier !== "suggest") return false;
  return plan.outcome.verdict.operands.every(({ name, tier }) => name === "pulls" || tier !== "suggest");
}

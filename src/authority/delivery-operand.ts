import type { Reason } from "../reason.ts";
import type { Operand } from "./verdict.ts";

/** A merge that no controller would apply now mends nothing, so a person decides. `blocked`: why it wouldn't be. */
export function deliveryOperand(blocked: readonly Reason[]): Operand {
  const [first] = blocked;
  return first === undefined
    ? {
        name: "delivery",
        tier: "merge",
        reason: { code: "within-limits", message: "nothing keeps the controller from applying it" },
      }
    : { name: "delivery", tier: "propose", reason: first };
}

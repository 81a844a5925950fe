import { minimumTier } from "./minimum-tier.ts";
import type { Tier, Verdict } from "./verdict.ts";

/** The tier if every grant were in force; undefined where no mode keeps anything back. */
export function tierIfEnforced({ tier, operands }: Pick<Verdict, "tier" | "operands">): Tier | undefined {
  const enforced = minimumTier(operands.filter(({ name }) => name !== "mode").map((operand) => operand.tier));
  return enforced === tier || operands.length === 0 ? undefined : enforced;
}

/** I8: whatever the adviser says, Remit may do no more than without it. */
import type { Invariant } from "./invariant.ts";

const order = ["observe", "suggest", "propose", "delay", "merge"];

export const modelOnlyLowers: Invariant = (simulation) => {
  simulation.onSaved((_process, { response }) => {
    const { plan } = response;
    if (plan?.outcome.kind !== "change") return;
    const { tier, operands } = plan.outcome.verdict;
    const rank = (word: string) => order.indexOf(word);
    const without = Math.min(...operands.filter(({ name }) => name !== "model").map((operand) => rank(operand.tier)));
    if (rank(tier) > without) simulation.fail("I8", `the adviser raised the tier to ${tier}`);
    const opinion = plan.opinion?.choice;
    const objects = opinion === "NONE" || (typeof opinion === "number" && opinion !== 0);
    if (objects && rank(tier) > rank("propose")) simulation.fail("I8", "the adviser objected, and nobody was asked");
  });
  return undefined;
};

/** A plan for people: the decision first, then why, then the diff. */
import type { PlanAnswer } from "../remediation/plan-answer.ts";
import { targetName } from "../target.ts";

export function renderPlan(answer: PlanAnswer): string[] {
  const target = answer.target === undefined ? "no target" : targetName(answer.target);
  const trial = answer.enforced === undefined ? "" : `, ${answer.enforced} if its grants were enforced`;
  const decision =
    answer.outcome === "change"
      ? [`${answer.title} (tier ${answer.tier}${trial}, confidence ${answer.confidence.toFixed(2)})`]
      : [`Abstains on ${target}.`];
  const reasons = answer.reasons.map(({ code, message }) => `  ${code.padEnd(20)} ${message}`);
  const suspects = answer.suspects.flatMap(({ commit, score, why }) => [
    `  ${commit.slice(0, 12)} ${score.toFixed(2)}`,
    ...why.map((sentence) => `    ${sentence}`),
  ]);
  return [
    ...decision,
    ...renderedLine(answer),
    "",
    "Reasons",
    ...reasons,
    ...(suspects.length === 0 ? [] : ["", "Suspects", ...suspects]),
    ...(answer.patch === "" ? [] : ["", ...answer.patch.trimEnd().split("\n")]),
  ];
}

function renderedLine({ rendered, effect }: PlanAnswer): string[] {
  if (rendered === undefined) return [];
  if ("not" in rendered) return [`Not rendered: ${rendered.not}.`];
  const objects = new Set(effect.map(({ object }) => object)).size;
  const by = rendered.by.length === 0 ? "Applied as written" : `Rendered by ${rendered.by.join(" and ")}`;
  return [`${by}: ${counted(effect.length, "value")} of ${counted(objects, "object")} would change, as declared.`];
}

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}

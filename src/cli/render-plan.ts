/** A plan for people: the decision first, then why, then the diff. */
import type { PlanAnswer } from "../remediation/plan-answer.ts";
import { renderedWords } from "../remediation/prose/rendered-words.ts";
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
  const rendered = renderedWords(answer);
  return [
    ...decision,
    ...(rendered === undefined ? [] : [`${rendered}.`]),
    "",
    "Reasons",
    ...reasons,
    ...(suspects.length === 0 ? [] : ["", "Suspects", ...suspects]),
    ...(answer.patch === "" ? [] : ["", ...answer.patch.trimEnd().split("\n")]),
  ];
}

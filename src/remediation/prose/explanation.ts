import type { Response } from "../response.ts";
import { reasonList } from "./reason-list.ts";
import { sentence } from "./sentence.ts";
import { suspectList } from "./suspect-list.ts";
import { tierMeaning } from "./tier-meaning.ts";
import { verdictTable } from "./verdict-table.ts";

/** Why Remit does what it does here: the verdict on its change, or why there is none; and what it suspects. */
export function explanation({ plan, remediations }: Response): string {
  if (plan === undefined) return "Nothing is decided yet.";
  const suspects = `Suspects considered:\n\n${suspectList(plan.suspects)}`;
  const current = remediations.at(-1);
  if (current !== undefined) {
    const { candidate, verdict } = current;
    return [`The change: ${sentence(candidate.title)}.`, tierMeaning(verdict), verdictTable(verdict), suspects].join(
      "\n\n",
    );
  }
  const { outcome } = plan;
  if (outcome.kind === "abstain")
    return [`Remit changes nothing:\n\n${reasonList(outcome.reasons)}`, suspects].join("\n\n");
  return [`Remit would ${sentence(outcome.candidate.title)}.`, verdictTable(outcome.verdict), suspects].join("\n\n");
}

import type { Plan, Remediation, Response } from "../response.ts";
import { reasonList } from "./reason-list.ts";
import { sentence } from "./sentence.ts";
import { suspectList } from "./suspect-list.ts";
import { tierMeaning } from "./tier-meaning.ts";
import { verdictTable } from "./verdict-table.ts";

/** Why Remit does what it does here: the verdict on its change, or why there is none; and what it suspects. */
export function explanation({ plan, remediations }: Response): string {
  const current = remediations.at(-1);
  const decision = current === undefined ? planned(plan) : changed(current);
  const suspects = `Suspects considered:\n\n${suspectList(plan?.suspects ?? [])}`;
  return decision === undefined ? "Nothing is decided yet." : [...decision, suspects].join("\n\n");
}

function changed({ candidate, verdict }: Remediation): string[] {
  return [`The change: ${sentence(candidate.title)}.`, tierMeaning(verdict), verdictTable(verdict)];
}

function planned(plan: Plan | undefined): string[] | undefined {
  if (plan === undefined) return undefined;
  const { outcome } = plan;
  if (outcome.kind === "abstain") return [`Remit changes nothing:\n\n${reasonList(outcome.reasons)}`];
  return [`Remit would ${sentence(outcome.candidate.title)}.`, verdictTable(outcome.verdict)];
}

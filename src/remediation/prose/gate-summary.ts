import type { Gate } from "../../authority/gate.ts";
import type { Verdict } from "../../authority/verdict.ts";
import type { Remediation } from "../response.ts";
import { capitalized } from "./capitalized.ts";
import { effectList } from "./effect-list.ts";
import { reasonList } from "./reason-list.ts";
import { sentence } from "./sentence.ts";
import { inlineCode } from "./untrusted.ts";
import { verdictTable } from "./verdict-table.ts";

export interface GateSummaryInput {
  readonly gate: Gate;
  readonly verdict: Verdict;
  readonly remediation: Remediation;
}

const meanings: Readonly<Record<Gate["conclusion"], string>> = {
  success: "The pull request changes exactly what was decided, and the policy allows it.",
  failure: "The pull request must not be merged as it is.",
  action_required: "A person has to look at this before it is merged.",
};

/** What the check found, judged from the pull request's real diff and the base branch's policy. */
export function gateSummary({ gate, verdict, remediation }: GateSummaryInput): string {
  const { candidate } = remediation;
  const { policy } = verdict;
  return [
    `**${capitalized(sentence(gate.title))}.** ${meanings[gate.conclusion]}`,
    ...(gate.reasons.length === 0 ? [] : [`### What was found\n\n${reasonList(gate.reasons)}`]),
    `### Verdict\n\n${verdictTable(verdict)}`,
    `### What was decided\n\n${capitalized(sentence(candidate.title))}.\n\n${effectList(candidate)}`.trimEnd(),
    `Candidate ${inlineCode(candidate.digest)}. Policy ${inlineCode(policy.digest)}, version ${policy.version ?? "unknown"}, read at ${policy.revision.slice(0, 12)}.`,
  ].join("\n\n");
}

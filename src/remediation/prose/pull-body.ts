import type { Incident } from "../../incidents/incident.ts";
import { renderMarker } from "../marker.ts";
import { renderedOf } from "../plan-answer.ts";
import type { Remediation, Response } from "../response.ts";
import { alertDetails } from "./alert-list.ts";
import { effectDiff, effectList } from "./effect-list.ts";
import { evidenceList } from "./evidence-list.ts";
import { formatTime } from "./format-time.ts";
import { occasion } from "./occasion.ts";
import { reasonList } from "./reason-list.ts";
import { renderedWords } from "./rendered-words.ts";
import { sentence } from "./sentence.ts";
import { stopNotice } from "./stop-notice.ts";
import { percent, suspectChanges, suspectLine, suspectList } from "./suspect-list.ts";
import { tierMeaning } from "./tier-meaning.ts";
import { inlineCode } from "./untrusted.ts";
import { verdictTable } from "./verdict-table.ts";

export interface PullBodyInput {
  readonly incident: Incident;
  readonly response: Response;
  readonly remediation: Remediation;
  /** The incident's issue, once it has a number. */
  readonly issueNumber?: number | undefined;
}

/** What a person needs to decide in a minute comes first; the rest is below. */
export function pullBody(input: PullBodyInput): string {
  const { incident, response, remediation } = input;
  const { candidate, verdict } = remediation;
  return [
    renderMarker({ kind: "pull", incident: incident.id, digest: candidate.digest, version: 1 }),
    occasionLine(input),
    whatChanged(input),
    whatThisDoes(remediation),
    `**If you do nothing.** ${tierMeaning(verdict)}`,
    ...risks(remediation),
    `### Why tier ${verdict.tier}\n\n${verdictTable(verdict)}`,
    `### Evidence\n\n${evidenceList(candidate.evidence)}`,
    `### Suspects considered\n\n${suspectList(response.plan?.suspects ?? [])}`,
    "### How to undo it\n\n" +
      "Before the merge: close this pull request. Remit doesn't open the same change again.\n" +
      "After the merge: `git revert` the merge commit, or press Revert below.",
    `### How to stop Remit\n\n${stopNotice}`,
    details(input),
    alertDetails(incident),
  ]
    .join("\n\n")
    .concat("\n");
}

function occasionLine({ incident, response, issueNumber }: PullBodyInput): string {
  const issue = issueNumber === undefined ? "" : ` Incident: #${issueNumber}.`;
  return `${occasion(incident, response)}${issue}`;
}

function whatChanged({ response, remediation }: PullBodyInput): string {
  const { suspect } = remediation.candidate;
  const known = response.plan?.suspects.find((candidate) => candidate.commit === suspect);
  if (remediation.kind === "undo") {
    const over = remediation.candidate.reasons.find(({ code }) => code === "lease-expired");
    const merged = suspect === undefined ? "" : `, merged as ${suspect.slice(0, 12)}`;
    const why = over === undefined ? "It was applied, and it didn't help." : `${sentence(over.message)}.`;
    return `**What changed.** Remit's own change${merged}. ${why}`;
  }
  if (suspect === undefined) return "**What changed.** Nothing that this takes back: see the suspects below.";
  if (known === undefined) return `**What changed.** Commit ${suspect.slice(0, 12)}.`;
  const changes = suspectChanges(known);
  return `**What changed.** ${suspectLine(known)}${changes === "" ? "." : `. It changed ${changes}.`}`;
}

function whatThisDoes({ candidate }: Remediation): string {
  const files = candidate.files.length === 1 ? "one file" : `${candidate.files.length} files`;
  const title = sentence(candidate.title);
  return [
    `**What this does.** It is one commit in ${files}: ${title}.`,
    ...(candidate.effects.length === 0 ? [] : [effectList(candidate)]),
    effectDiff(candidate),
    ...renderedLine(candidate),
  ].join("\n\n");
}

function renderedLine(candidate: Remediation["candidate"]): string[] {
  const words = renderedWords(renderedOf(candidate));
  return words === undefined ? [] : [`${sentence(words)}.`];
}

function risks({ candidate }: Remediation): string[] {
  return candidate.risks.length === 0 ? [] : [`**Know before you merge.**\n\n${reasonList(candidate.risks)}`];
}

function details({ incident, remediation }: PullBodyInput): string {
  const { candidate, verdict, base } = remediation;
  const { policy } = verdict;
  return [
    "<details>",
    "<summary>Details</summary>",
    "",
    `- Incident ${inlineCode(incident.id)}, candidate ${inlineCode(candidate.digest)}, confidence ${percent(candidate.confidence)}`,
    `- Decided ${formatTime(remediation.decidedAt)} from base ${base.slice(0, 12)}`,
    `- Policy ${inlineCode(policy.digest)}, version ${policy.version ?? "unknown"}, read at ${policy.revision.slice(0, 12)}`,
    "",
    "Why this change:",
    "",
    reasonList(candidate.reasons),
    "",
    "</details>",
  ].join("\n");
}

import type { Incident } from "../../incidents/incident.ts";
import type { Reason } from "../../reason.ts";
import { targetName } from "../../target.ts";
import { renderMarker } from "../marker.ts";
import type { Remediation, Response } from "../response.ts";
import { called } from "./called.ts";
import { earlierSection } from "./earlier-list.ts";
import { evidenceList } from "./evidence-list.ts";
import { formatTime } from "./format-time.ts";
import { nextHumanStep } from "./next-human-step.ts";
import { occasionInShort } from "./occasion.ts";
import { reasonList } from "./reason-list.ts";
import { sentence } from "./sentence.ts";
import { stopNotice } from "./stop-notice.ts";
import { percent, suspectLine, suspectList } from "./suspect-list.ts";
import { timelineList } from "./timeline-list.ts";
import { inlineCode } from "./untrusted.ts";

export interface HandoffInput {
  readonly incident: Incident;
  readonly response: Response;
  readonly reasons: readonly Reason[];
}

/** Everything that the person who takes over needs, the next step first. Said once per incident. */
export function handoff(input: HandoffInput): string {
  const { incident, response, reasons } = input;
  return [
    renderMarker({ kind: "handoff", incident: incident.id, version: 1 }),
    `**Remit needs a person for ${inlineCode(targetName(incident.target))}.** ${occasionInShort(incident, response)}`,
    ...called(response),
    `**Next step.** ${nextHumanStep(response, reasons)}`,
    `### Why Remit stops here\n\n${reasonList(reasons)}`,
    `### What it thinks\n\n${hypothesis(response)}`,
    `### What was tried\n\n${tried(response.remediations)}`,
    `### Evidence\n\n${evidenceList(evidence(response))}`,
    `### Suspects considered\n\n${suspectList(response.plan?.suspects ?? [])}`,
    ...earlierSection(response),
    `### Timeline\n\n${timelineList(response.timeline)}`,
    `### How to stop Remit\n\n${stopNotice}`,
  ]
    .join("\n\n")
    .concat("\n");
}

function hypothesis({ plan }: Response): string {
  const suspect = plan?.suspects[0];
  if (plan === undefined || suspect === undefined) return "It has no suspect.";
  const { outcome } = plan;
  const confidence = outcome.kind === "change" ? outcome.candidate.confidence : suspect.score;
  const plans = outcome.kind === "change" ? ` Its plan: ${sentence(outcome.candidate.title)}.` : "";
  return `The trouble came with ${suspectLine(suspect)}. Confidence: ${percent(confidence)}.${plans}`;
}

function tried(remediations: readonly Remediation[]): string {
  if (remediations.length === 0) return "Nothing was written to git.";
  return remediations.map(attempt).join("\n");
}

function attempt({ candidate, pullNumber, merged, delivered, ended, observations }: Remediation): string {
  const steps = [
    pullNumber === undefined ? "no pull request yet" : `pull request #${pullNumber}`,
    merged === undefined ? "not merged" : `merged ${formatTime(merged.at)} as ${merged.commit.slice(0, 12)}`,
    ...(merged === undefined
      ? []
      : [delivered === undefined ? "not applied as far as Remit knows" : `applied ${formatTime(delivered.at)}`]),
    ...(observations.length === 0 ? [] : [`observed: ${observations.map(({ verdict }) => verdict).join(", ")}`]),
    ...(ended === undefined ? [] : [`ended: ${ended.outcome}`]),
  ];
  return `- ${sentence(candidate.title)}: ${steps.join("; ")}`;
}

function evidence({ plan, remediations }: Response) {
  const newest = remediations.at(-1)?.candidate.evidence;
  return newest ?? (plan?.outcome.kind === "change" ? plan.outcome.candidate.evidence : []);
}

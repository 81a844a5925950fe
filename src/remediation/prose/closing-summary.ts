import type { Incident } from "../../incidents/incident.ts";
import { targetName } from "../../target.ts";
import { renderMarker } from "../marker.ts";
import type { Remediation, Response } from "../response.ts";
import type { PeoplesAnswer } from "../shadow/peoples-answer.ts";
import { answerLine } from "./answer-line.ts";
import { earlierSection } from "./earlier-list.ts";
import { formatDuration } from "./format-duration.ts";
import { formatTime } from "./format-time.ts";
import { outcomeLine } from "./outcome-line.ts";
import { reasonList } from "./reason-list.ts";
import { sentence } from "./sentence.ts";
import { timelineList } from "./timeline-list.ts";
import { inlineCode } from "./untrusted.ts";

export interface ClosingSummaryInput {
  readonly incident: Incident;
  readonly response: Response;
  /** Where Remit might only suggest a change. */
  readonly answer?: PeoplesAnswer | undefined;
}

/** The incident's last word, said once. */
export function closingSummary({ incident, response, answer }: ClosingSummaryInput): string {
  const { closed } = response;
  const name = inlineCode(targetName(incident.target));
  return [
    renderMarker({ kind: "closing", incident: incident.id, version: 1 }),
    closed === undefined ? `**${name} is still open.**` : `**${name}.** ${outcomeLine(closed, response)}`,
    ...(closed === undefined || closed.reasons.length === 0 ? [] : [reasonList(closed.reasons)]),
    facts(incident, response, answer),
    ...earlierSection(response),
    `### Timeline\n\n${timelineList(response.timeline)}`,
  ]
    .join("\n\n")
    .concat("\n");
}

function facts(
  incident: Incident,
  { closed, remediations, requests }: Response,
  answer: PeoplesAnswer | undefined,
): string {
  const answered = answer && answerLine(answer);
  const lasted =
    closed === undefined
      ? []
      : [
          `- It lasted ${formatDuration(closed.at - incident.openedAt)}, from ${formatTime(incident.openedAt)} to ${formatTime(closed.at)}`,
        ];
  return [
    ...lasted,
    ...remediations.map((remediation) => remediationLine(incident, remediation)),
    ...(answered === undefined ? [] : [`- ${answered}`]),
    `- Requests to GitHub: ${requests}`,
  ].join("\n");
}

function remediationLine(incident: Incident, { candidate, merged, pullNumber, ended }: Remediation): string {
  const pull = pullNumber === undefined ? "" : ` in #${pullNumber}`;
  const end = ended === undefined ? "" : `; ${ended.outcome}`;
  const how =
    merged === undefined
      ? "not merged"
      : `merged as ${merged.commit.slice(0, 12)}, ${formatDuration(merged.at - incident.openedAt)} after the trouble began`;
  return `- ${sentence(candidate.title)}${pull}: ${how}${end}`;
}

import type { Incident } from "../../incidents/incident.ts";
import { targetName } from "../../target.ts";
import { renderMarker } from "../marker.ts";
import type { Remediation, Response } from "../response.ts";
import { alertDetails } from "./alert-list.ts";
import { capitalized } from "./capitalized.ts";
import { earlierSection } from "./earlier-list.ts";
import { effectDiff, effectList } from "./effect-list.ts";
import { formatTime } from "./format-time.ts";
import { occasion } from "./occasion.ts";
import { outcomeLine } from "./outcome-line.ts";
import { plainLine } from "./plain-line.ts";
import { reasonList } from "./reason-list.ts";
import { sentence } from "./sentence.ts";
import { stopNotice } from "./stop-notice.ts";
import { suspectList } from "./suspect-list.ts";
import { tierMeaning } from "./tier-meaning.ts";
import { timelineList } from "./timeline-list.ts";
import { inlineCode } from "./untrusted.ts";
import { verdictTable } from "./verdict-table.ts";

export interface IssueBodyInput {
  readonly incident: Incident;
  readonly response: Response;
  /** What is being written to git, if anything is. */
  readonly remediation?: Remediation | undefined;
  /** Its pull request, once it has a number. */
  readonly pullNumber?: number | undefined;
}

export function issueTitle(incident: Incident, { asked }: Pick<Response, "asked">): string {
  const name = targetName(incident.target);
  return plainLine(
    asked?.request === undefined ? `Incident: ${name} is in trouble` : `Asked for: a change of ${name}`,
    200,
  );
}

/** How the incident stands. Rewritten as it goes on. */
export function issueBody(input: IssueBodyInput): string {
  const { incident, response } = input;
  return [
    renderMarker({ kind: "incident", incident: incident.id, version: 1 }),
    occasion(incident, response),
    `**How it stands.** ${issueState(input)}`,
    ...plan(input),
    `### Suspects considered\n\n${suspectList(response.plan?.suspects ?? [])}`,
    ...earlierSection(response),
    `### Timeline\n\n${timelineList(response.timeline)}`,
    `### How to stop Remit\n\n${stopNotice}`,
    alertDetails(incident),
  ]
    .join("\n\n")
    .concat("\n");
}

type StateInput = Omit<IssueBodyInput, "incident">;

/** In a sentence or two, for a text that has the handoff below it. */
export function issueState(input: StateInput): string {
  return stateOf(input, ": see the handoff below.");
}

/** The same where the handoff isn't near. */
export function incidentState(input: StateInput): string {
  return stateOf(input, ".");
}

function stateOf({ response, remediation, pullNumber }: StateInput, end: string): string {
  if (response.closed !== undefined) return outcomeLine(response.closed, response);
  const number = pullNumber ?? remediation?.pullNumber;
  const pull = number === undefined ? "a pull request" : `pull request #${number}`;
  const called = calledState(response, end);
  if (response.clock?.wrongSince !== undefined) {
    return `Nothing is decided while the clock of Remit's machine is wrong.${called}`;
  }
  if (remediation === undefined) return `Remit writes nothing to git.${called}`;
  if (remediation.ended !== undefined) return `${capitalized(sentence(remediation.ended.reason.message))}.${called}`;
  if (remediation.delivered !== undefined) return `The change was applied. Remit watches for recovery.${called}`;
  if (remediation.merged !== undefined) {
    return `Merged as ${remediation.merged.commit.slice(0, 12)}. Remit waits for the controller to apply it.${called}`;
  }
  return `Remit opens ${pull} to ${sentence(remediation.candidate.title)}. ${tierMeaning(remediation.verdict)}${called}`;
}

function calledState({ escalated }: Response, end: string): string {
  if (escalated === undefined) return "";
  const { answered } = escalated;
  if (answered === undefined) return ` A person was called, and nobody has reacted yet${end}`;
  const who = answered.by === undefined ? "somebody" : inlineCode(answered.by);
  return ` A person was called, and ${who} reacted ${formatTime(answered.at)}${end}`;
}

/** What Remit would do where it may not do it, and why it may not; or why it abstains. */
function plan({ response, remediation }: IssueBodyInput): string[] {
  const outcome = response.plan?.outcome;
  if (outcome === undefined || remediation !== undefined) return [];
  if (outcome.kind === "abstain") return [`### Why Remit changes nothing\n\n${reasonList(outcome.reasons)}`];
  const { candidate, verdict } = outcome;
  return [
    `### What Remit would do\n\nIt would ${sentence(candidate.title)}.\n\n${effectList(candidate)}\n\n${effectDiff(candidate)}`,
    `### Why it only suggests this\n\n${verdictTable(verdict)}`,
  ];
}

import type { EscalateAgain } from "../../authority/runbooks/runbook.ts";
import type { Instant } from "../../clock.ts";
import type { Incident } from "../../incidents/incident.ts";
import { targetName } from "../../target.ts";
import { renderMarker } from "../marker.ts";
import type { Escalation, Response } from "../response.ts";
import { alertLine } from "./alert-list.ts";
import { calledLine } from "./called.ts";
import { formatDuration } from "./format-duration.ts";
import { nextHumanStep } from "./next-human-step.ts";
import { inlineCode } from "./untrusted.ts";

export interface SecondCallInput {
  readonly incident: Incident;
  readonly response: Response;
  readonly escalated: Escalation;
  readonly again: EscalateAgain;
  /** Which call beyond the first it is. */
  readonly times: number;
  readonly now: Instant;
}

/** Said once for each call. Short: the handoff stands above it. */
export function secondCall({ incident, response, escalated, again, times, now }: SecondCallInput): string {
  const last = times >= again.times ? " Remit calls nobody after this." : "";
  return [
    renderMarker({ kind: "call", incident: incident.id, digest: String(times), version: 1 }),
    `**${inlineCode(targetName(incident.target))} still needs a person: nobody has reacted for ${formatDuration(now - escalated.at)}.** ${alertLine(incident)}.`,
    ...calledLine(again.to),
    `**Next step.** ${nextHumanStep(response, escalated.reasons)}`,
    `Write a comment or take the issue, and Remit knows that somebody is at it.${last}`,
  ]
    .join("\n\n")
    .concat("\n");
}

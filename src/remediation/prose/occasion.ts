/** Why Remit is at work on a target: something is broken, or somebody asked for a change. */
import type { Incident } from "../../incidents/incident.ts";
import { targetName } from "../../target.ts";
import type { Response } from "../response.ts";
import { alertLine } from "./alert-list.ts";
import { formatTime } from "./format-time.ts";
import { inlineCode } from "./untrusted.ts";

type Told = Pick<Response, "asked">;

/** The first paragraph of what people read. */
export function occasion(incident: Incident, { asked }: Told): string {
  const name = inlineCode(targetName(incident.target));
  const { request } = asked ?? {};
  return request === undefined
    ? `**What is broken.** ${name}, since ${formatTime(incident.openedAt)}. ${alertLine(incident)}.`
    : `**What was asked for.** A change of ${name}, by ${inlineCode(request.by)} in #${request.on}, ${formatTime(request.at)}. ${alertsBeside(incident)}.`;
}

/** The same in two sentences, for whom it is about is said before. */
export function occasionInShort(incident: Incident, { asked }: Told): string {
  const { request } = asked ?? {};
  return request === undefined
    ? `In trouble since ${formatTime(incident.openedAt)}; ${alertLine(incident)}.`
    : `${inlineCode(request.by)} asked for a change in #${request.on}, ${formatTime(request.at)}. ${alertsBeside(incident)}.`;
}

function alertsBeside(incident: Incident): string {
  return incident.alerts.length === 0 ? "No alert was involved" : alertLine(incident);
}

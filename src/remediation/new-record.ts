import type { Incident } from "../incidents/incident.ts";
import type { Reason } from "../reason.ts";
import type { IncidentRecord } from "../store/store.ts";
import type { Request } from "./comments/asked.ts";
import type { Response } from "./response.ts";

/** The record of an incident that nothing was done about yet. Its version says that it must be new. `stop`: known at intake. */
export function newRecord(incident: Incident, stop?: Reason): IncidentRecord {
  const at = incident.openedAt;
  const opened = { at, event: "opened", message: "the first alert fired" };
  const stopped = { at, event: "stopped", message: `${stop?.message}, so Remit only watches` };
  const timeline = stop === undefined ? [opened] : [opened, stopped];
  return { incident, response: { ...nothingDone, timeline }, version: 0 };
}

/** The record of an incident that a person's request opens. */
export function requestedRecord(incident: Incident, request: Request): IncidentRecord {
  const { by, on } = request;
  const asked = { at: incident.openedAt, event: "asked", message: `${by} asked for a change in #${on}` };
  return { incident, response: { ...nothingDone, asked: { request }, timeline: [asked] }, version: 0 };
}

const nothingDone: Response = {
  plan: undefined,
  remediations: [],
  issueNumber: undefined,
  toldAt: undefined,
  lastView: undefined,
  timeline: [],
  requests: 0,
  escalated: undefined,
  closed: undefined,
};

import type { Incident } from "../incidents/incident.ts";
import type { IncidentRecord } from "../store/store.ts";
import type { Response } from "./response.ts";

/** The record of an incident that nothing was done about yet. Its version says that it must be new. */
export function newRecord(incident: Incident): IncidentRecord {
  const opened = { at: incident.openedAt, event: "opened", message: "the first alert fired" };
  return { incident, response: { ...nothingDone, timeline: [opened] }, version: 0 };
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

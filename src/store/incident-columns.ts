/** What the stores look for without reading the incident: which service is sick, and who has a change under way. */
import type { Instant } from "../clock.ts";
import { lastFiringAt } from "../incidents/alert-state.ts";
import { isExpiry } from "../incidents/lease-alert.ts";
import type { IncidentRecord } from "./store.ts";

export interface IncidentColumns {
  readonly service: string;
  /** When Remit was last told that something fires; null when nothing does. */
  readonly firingAt: Instant | null;
  /** From the decision until it is verified or over. A fix that failed keeps its place for the undo. */
  readonly underWay: boolean;
}

export function incidentColumns({ incident, response }: IncidentRecord): IncidentColumns {
  const current = response.remediations.at(-1);
  const ended = current?.ended;
  const undoable = current?.kind === "fix" && ended?.outcome === "failing";
  return {
    service: incident.target.service,
    // That the time of a mitigation is over is no sickness.
    firingAt: isExpiry(incident) ? null : (lastFiringAt(incident) ?? null),
    underWay: response.closed === undefined && current !== undefined && (ended === undefined || undoable),
  };
}

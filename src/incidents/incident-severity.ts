import { firingAlerts } from "./alert-state.ts";
import type { Incident } from "./incident.ts";
import { mostSevere } from "./most-severe.ts";
import type { Severity } from "./severity.ts";

/** Of what fires. Where nothing does any more, there is no hurry. */
export function incidentSeverity(incident: Incident): Severity {
  return mostSevere(firingAlerts(incident).map(({ labels }) => labels));
}

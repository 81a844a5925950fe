import { firingAlerts } from "./alert-state.ts";
import type { Incident } from "./incident.ts";
import { mostSevere } from "./most-severe.ts";
import type { Severity } from "./severity.ts";

/** Of what fires. Where nothing does any more, there is no hurry; of what isn't listed nobody knows. */
export function incidentSeverity(incident: Incident): Severity {
  const listed = firingAlerts(incident).map(({ labels }) => labels);
  return mostSevere(listed.length === 0 && incident.unlisted !== undefined ? [{}] : listed);
}

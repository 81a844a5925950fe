import { firingAlerts } from "../../incidents/alert-state.ts";
import type { Incident } from "../../incidents/incident.ts";

/** How many configured sources say that something fires. Two alerts of one source are one witness. */
export function firingSources(incident: Incident): number {
  const beyond = incident.unlisted?.kinds ?? [];
  return new Set([...firingAlerts(incident), ...beyond].map(({ source }) => source)).size;
}

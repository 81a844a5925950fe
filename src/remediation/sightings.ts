/** A repeated notification makes no new delivery, but it tells that the alert still fires: bring `lastFiringAt` up to date. */
import type { IncidentAlert } from "../incidents/incident.ts";
import { SavedElsewhere, type Session } from "./session.ts";

export async function refreshSightings(session: Session): Promise<void> {
  const { inbox } = session.parts.store;
  const alerts: IncidentAlert[] = [];
  for (const alert of session.incident.alerts) {
    const { source, fingerprint, startsAt, status } = alert;
    const seen = status === "firing" ? await inbox.lastNotified({ source, fingerprint, startsAt, status }) : undefined;
    alerts.push(seen !== undefined && seen > alert.lastFiringAt ? { ...alert, lastFiringAt: seen } : alert);
  }
  const changed = alerts.some((alert, index) => alert !== session.incident.alerts[index]);
  if (changed && !(await session.saveIncident({ ...session.incident, alerts }))) {
    throw new SavedElsewhere(session.incident.id);
  }
}

/** What an incident's alerts say now. Silence is no statement: an alert fires until its source says that it resolved. */
import type { Instant } from "../clock.ts";
import type { Incident, IncidentAlert } from "./incident.ts";

/**
 * Alerts that fire. A later start of the same alert takes the place of an earlier one, whose end was never
 * reported: one series has at most one active alert.
 */
export function firingAlerts(incident: Incident): readonly IncidentAlert[] {
  const newest = new Map<string, Instant>();
  for (const alert of incident.alerts) {
    const key = seriesKey(alert);
    newest.set(key, Math.max(newest.get(key) ?? alert.startsAt, alert.startsAt));
  }
  return incident.alerts.filter(
    (alert) => alert.status === "firing" && alert.startsAt === newest.get(seriesKey(alert)),
  );
}

export function isFiring(incident: Incident): boolean {
  return firingAlerts(incident).length > 0 || incident.unlisted !== undefined;
}

/** The earliest startsAt among the firing alerts; when none fires, the start of the incident. */
export function troubleAt(incident: Incident): Instant {
  const starts = firingAlerts(incident).map((alert) => alert.startsAt);
  return starts.length === 0 ? incident.openedAt : Math.min(...starts);
}

/** When Remit was last told that something fires; undefined when nothing does. */
export function lastFiringAt(incident: Incident): Instant | undefined {
  const told = firingAlerts(incident).map((alert) => alert.lastFiringAt);
  if (incident.unlisted !== undefined) told.push(incident.unlisted.lastFiringAt);
  return told.length === 0 ? undefined : Math.max(...told);
}

function seriesKey(alert: IncidentAlert): string {
  return JSON.stringify([alert.source, alert.fingerprint]);
}

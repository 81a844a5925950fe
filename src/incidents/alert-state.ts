/** What an incident's alerts say now. Silence is no statement: an alert fires until its source says that it resolved. */
import type { Instant } from "../clock.ts";
import type { Incident, IncidentAlert } from "./incident.ts";
import { seriesOf } from "./series-of.ts";

/**
 * Alerts that fire. A later start of the same alert takes the place of an earlier one, whose end was never
 * reported: one series has at most one active alert.
 */
export function firingAlerts(incident: Incident): readonly IncidentAlert[] {
  const newest = newestStarts(incident.alerts, seriesKey);
  return incident.alerts.filter(
    (alert) => alert.status === "firing" && alert.startsAt === newest.get(seriesKey(alert)),
  );
}

/** When each alert that fires began, those that aren't listed included. */
export function firingStarts(incident: Incident): readonly Instant[] {
  const listed = firingAlerts(incident);
  if (incident.unlisted === undefined) return listed.map(({ startsAt }) => startsAt);
  const starts = new Map(listed.map((alert) => [seriesOf(alert), alert.startsAt]));
  const newest = newestStarts(incident.alerts, seriesOf);
  for (const [series, startsAt] of Object.entries(incident.unlisted.firing)) {
    if (startsAt > (newest.get(series) ?? Number.NEGATIVE_INFINITY)) starts.set(series, startsAt);
  }
  return [...starts.values()];
}

export function isFiring(incident: Incident): boolean {
  return firingAlerts(incident).length > 0 || incident.unlisted !== undefined;
}

/** The earliest startsAt among the firing alerts; when none fires, the start of the incident. */
export function troubleAt(incident: Incident): Instant {
  const starts = firingStarts(incident);
  return starts.length === 0 ? incident.openedAt : Math.min(...starts);
}

/** When it began; or when it was heard of, where whoever told of it has a clock that is ahead. */
export function knownSince({ openedAt, alerts }: Incident): Instant {
  return Math.min(openedAt, ...alerts.map(({ firstSeenAt }) => firstSeenAt));
}

/** When Remit was last told that something fires; undefined when nothing does. */
export function lastFiringAt(incident: Incident): Instant | undefined {
  const told = firingAlerts(incident).map((alert) => alert.lastFiringAt);
  if (incident.unlisted !== undefined) told.push(incident.unlisted.lastFiringAt);
  return told.length === 0 ? undefined : Math.max(...told);
}

function newestStarts(
  alerts: readonly IncidentAlert[],
  keyOf: (alert: IncidentAlert) => string,
): ReadonlyMap<string, Instant> {
  const newest = new Map<string, Instant>();
  for (const alert of alerts) {
    const key = keyOf(alert);
    newest.set(key, Math.max(newest.get(key) ?? alert.startsAt, alert.startsAt));
  }
  return newest;
}

function seriesKey(alert: IncidentAlert): string {
  return JSON.stringify([alert.source, alert.fingerprint]);
}

/** One incident per repository and target, whatever the alert's name. Applying the same signals again changes nothing. */
import { digest } from "../digest.ts";
import type { AlertSignal } from "../signals/signal.ts";
import { type Target, targetKey } from "../target.ts";
import type { Incident, IncidentAlert } from "./incident.ts";
import { incidentId } from "./incident-id.ts";
import { mergeAlert, toIncidentAlert } from "./merge-alert.ts";

export type Correlation =
  | { readonly incident: Incident; readonly change: "opened" | "updated" | "unchanged" }
  /** Something resolved that belongs to no open incident. */
  | { readonly incident: undefined; readonly change: "unchanged" };

/** `open`: incidents that aren't closed. `target`: what the alert's labels resolved to. */
export function correlate(open: readonly Incident[], alert: AlertSignal, target: Target): Correlation {
  const known = findIncident(open, alert.repository, target);
  if (known === undefined) {
    if (alert.status === "resolved") return { incident: undefined, change: "unchanged" };
    return { incident: openIncident(alert, target), change: "opened" };
  }
  const alerts = addAlert(known.alerts, toIncidentAlert(alert));
  // The id stays, even when an alert that began earlier is heard of later.
  const openedAt = Math.min(known.openedAt, alert.startsAt);
  const incident = { ...known, openedAt, alerts };
  return digest(incident, 64) === digest(known, 64)
    ? { incident: known, change: "unchanged" }
    : { incident, change: "updated" };
}

function findIncident(open: readonly Incident[], repository: string, target: Target): Incident | undefined {
  const key = targetKey(target);
  const matching = open.filter((incident) => incident.repository === repository && targetKey(incident.target) === key);
  return matching.reduce<Incident | undefined>(
    (oldest, incident) => (oldest === undefined || isBefore(incident, oldest) ? incident : oldest),
    undefined,
  );
}

function isBefore(a: Incident, b: Incident): boolean {
  return a.openedAt === b.openedAt ? a.id < b.id : a.openedAt < b.openedAt;
}

function openIncident(alert: AlertSignal, target: Target): Incident {
  const { repository, startsAt } = alert;
  return {
    id: incidentId(repository, target, startsAt),
    repository,
    target,
    openedAt: startsAt,
    alerts: [toIncidentAlert(alert)],
  };
}

function addAlert(alerts: readonly IncidentAlert[], added: IncidentAlert): readonly IncidentAlert[] {
  const key = alertKey(added);
  const known = alerts.find((alert) => alertKey(alert) === key);
  const others = alerts.filter((alert) => alert !== known);
  const merged = known === undefined ? added : mergeAlert(known, added);
  return [...others, merged].toSorted((a, b) => a.startsAt - b.startsAt || compare(alertKey(a), alertKey(b)));
}

function alertKey({ source, fingerprint, startsAt }: IncidentAlert): string {
  return JSON.stringify([source, fingerprint, startsAt]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** One incident per repository and target, whatever the alert's name. Applying the same signals again changes nothing. */
import type { AlertSignal } from "../signals/signal.ts";
import { type Target, targetKey } from "../target.ts";
import type { Incident } from "./incident.ts";
import { incidentId } from "./incident-id.ts";
import { expiredLeaseOf } from "./lease-alert.ts";
import { toIncidentAlert } from "./merge-alert.ts";
import { withAlert } from "./with-alert.ts";

export type Correlation =
  | { readonly incident: Incident; readonly change: "opened" | "updated" | "unchanged" }
  /** Something resolved that belongs to no open incident, or a lease ends beside one: its end is told again, and comes after that one. */
  | { readonly incident: undefined; readonly change: "unchanged" };

/** `open`: incidents that aren't closed. `target`: what the alert's labels resolved to. */
export function correlate(open: readonly Incident[], alert: AlertSignal, target: Target): Correlation {
  const known = findIncident(open, alert.repository, target);
  if (known === undefined) {
    if (alert.status === "resolved") return { incident: undefined, change: "unchanged" };
    return { incident: openIncident(alert, target), change: "opened" };
  }
  if (isBeside(known, alert)) return { incident: undefined, change: "unchanged" };
  // The id stays, even when an alert that began earlier is heard of later.
  const openedAt = Math.min(known.openedAt, alert.startsAt);
  const told = withAlert(known, toIncidentAlert(alert));
  if (told === known && openedAt === known.openedAt) return { incident: known, change: "unchanged" };
  return { incident: { ...told, openedAt }, change: "updated" };
}

function findIncident(open: readonly Incident[], repository: string, target: Target): Incident | undefined {
  const key = targetKey(target);
  const matching = open.filter((incident) => incident.repository === repository && targetKey(incident.target) === key);
  return matching.reduce<Incident | undefined>(
    (oldest, incident) => (oldest === undefined || isBefore(incident, oldest) ? incident : oldest),
    undefined,
  );
}

function isBeside(known: Incident, alert: AlertSignal): boolean {
  const lease = expiredLeaseOf(alert);
  return lease !== undefined && !known.alerts.some((other) => expiredLeaseOf(other) === lease);
}

function isBefore(a: Incident, b: Incident): boolean {
  return a.openedAt === b.openedAt ? a.id < b.id : a.openedAt < b.openedAt;
}

function openIncident(alert: AlertSignal, target: Target): Incident {
  const { repository, startsAt } = alert;
  return {
    id: incidentId(repository, target, startsAt, { lease: expiredLeaseOf(alert) }),
    repository,
    target,
    openedAt: startsAt,
    alerts: [toIncidentAlert(alert)],
  };
}

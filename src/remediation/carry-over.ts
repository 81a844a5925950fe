/** An alert that began to fire while its target's incident was closing belongs to a new incident: nothing is swallowed. */
import { firingAlerts } from "../incidents/alert-state.ts";
import { correlate } from "../incidents/correlate.ts";
import type { Incident, IncidentAlert } from "../incidents/incident.ts";
import { incidentId } from "../incidents/incident-id.ts";
import { incidentQueue } from "../incidents/incident-queue.ts";
import { incidentSeverity } from "../incidents/incident-severity.ts";
import { expiredLeaseOf } from "../incidents/lease-alert.ts";
import type { AlertSignal } from "../signals/signal.ts";
import { newRecord } from "./new-record.ts";
import type { Session } from "./session.ts";

export async function carryOver(session: Session): Promise<void> {
  const { incident, parts } = session;
  const next = stillFiring(incident);
  if (next === undefined) return;
  await parts.store.incidents.save(newRecord(next), { lease: session.lease, follows: incident.id });
  await parts.store.queue.add(next.id, parts.clock.now(), incidentQueue(next), incidentSeverity(next));
}

function stillFiring(incident: Incident): Incident | undefined {
  const { repository, target, unlisted } = incident;
  let next: Incident | undefined;
  for (const alert of firingAlerts(incident)) {
    // The end of a lease is told again for as long as it stands.
    if (expiredLeaseOf(alert) !== undefined) continue;
    next = correlate(next === undefined ? [] : [next], signalOf(incident, alert), target).incident;
  }
  if (unlisted !== undefined) {
    const openedAt = Math.min(...Object.values(unlisted.firing));
    const id = incidentId(repository, target, openedAt);
    next = { ...(next ?? { id, repository, target, openedAt, alerts: [] }), unlisted };
  }
  if (next?.id !== incident.id) return next;
  // What it closes for is over, so this is another alert that began at the very same moment.
  return { ...next, id: incidentId(repository, target, next.openedAt, { after: incident.id }) };
}

function signalOf({ repository }: Incident, alert: IncidentAlert): AlertSignal {
  const { source, fingerprint, labels, annotations, startsAt } = alert;
  const observedAt = alert.lastFiringAt;
  return {
    kind: "alert",
    status: "firing",
    endsAt: undefined,
    repository,
    source,
    fingerprint,
    labels,
    annotations,
    startsAt,
    observedAt,
  };
}

/** The end of a lease, as an alert that Remit raises itself: it fires from the expiry until the change is taken back. */
import { digest } from "../digest.ts";
import type { AlertSignal } from "../signals/signal.ts";
import type { Target } from "../target.ts";
import { firingAlerts } from "./alert-state.ts";
import type { Incident, IncidentAlert } from "./incident.ts";

/** No configured source may be called so. */
const source = "remit";
const leaseLabel = "lease";
const expiryAnnotation = "expiresAt";

export interface LeaseEndTold {
  readonly repository: string;
  readonly target: Target;
  /** The commit that made the change. */
  readonly commit: string;
  /** When its time was over, or the last trouble that put its end off. */
  readonly startsAt: number;
  readonly expiresAt: number;
  readonly over: boolean;
  readonly observedAt: number;
}

export function leaseAlert({
  repository,
  target,
  commit,
  startsAt,
  expiresAt,
  over,
  observedAt,
}: LeaseEndTold): AlertSignal {
  const { service, environment, namespace } = target;
  return {
    kind: "alert",
    source,
    repository,
    fingerprint: digest(["lease", commit]),
    status: over ? "resolved" : "firing",
    labels: {
      alertname: "LeaseExpired",
      severity: "info",
      [leaseLabel]: commit,
      service,
      ...(environment === undefined ? {} : { environment }),
      ...(namespace === undefined ? {} : { namespace }),
    },
    annotations: { [expiryAnnotation]: new Date(expiresAt).toISOString() },
    startsAt,
    endsAt: over ? observedAt : undefined,
    observedAt,
  };
}

/** The commit whose time is over. undefined for what another source raised, whatever its labels say. */
export function expiredLeaseOf(alert: Pick<IncidentAlert, "source" | "labels">): string | undefined {
  return alert.source === source ? alert.labels[leaseLabel] : undefined;
}

/** Of several the one that expired first. undefined while there is any other trouble: then nothing that relieves it ends. */
export function expiredLease(incident: Incident | undefined): string | undefined {
  if (incident === undefined || incident.unlisted !== undefined) return undefined;
  const leases = firingAlerts(incident).map((alert) => ({ commit: expiredLeaseOf(alert), at: alert.startsAt }));
  if (leases.some(({ commit }) => commit === undefined)) return undefined;
  return leases.toSorted((a, b) => a.at - b.at)[0]?.commit;
}

/** The end of a lease is under way, and its target has other trouble. */
export function isPutOff(incident: Incident): boolean {
  return leaseEndsAt(incident) !== undefined && !isExpiry(incident);
}

/** When the first of its leases was, or is, to end; undefined where none is. */
export function leaseEndsAt(incident: Incident): number | undefined {
  const ends = firingAlerts(incident).filter((alert) => expiredLeaseOf(alert) !== undefined);
  return ends.length === 0 ? undefined : Math.min(...ends.map(leaseExpiry));
}

/** Before it was told, an alert of a lease started when its lease expired. */
export function leaseExpiry({ annotations, startsAt }: Pick<IncidentAlert, "annotations" | "startsAt">): number {
  const told = Date.parse(annotations[expiryAnnotation] ?? "");
  return Number.isNaN(told) ? startsAt : told;
}

export function isExpiry(incident: Incident | undefined): boolean {
  return expiredLease(incident) !== undefined;
}

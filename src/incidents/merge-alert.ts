/** Folds notifications of one alert (source, fingerprint, startsAt) into one. Any order and repetition gives the same. */
import { digest } from "../digest.ts";
import type { AlertSignal } from "../signals/signal.ts";
import type { IncidentAlert } from "./incident.ts";

export function toIncidentAlert(signal: AlertSignal): IncidentAlert {
  const { source, fingerprint, startsAt, labels, annotations, status, observedAt } = signal;
  return {
    source,
    fingerprint,
    startsAt,
    labels,
    annotations,
    status,
    firstSeenAt: observedAt,
    // A resolution only tells that the alert fired once, when it started.
    lastFiringAt: status === "firing" ? observedAt : Math.min(startsAt, observedAt),
    resolvedAt: status === "resolved" ? (signal.endsAt ?? observedAt) : undefined,
  };
}

/** Resolved is final for one startsAt: a firing notification that comes later was only late. */
export function mergeAlert(a: IncidentAlert, b: IncidentAlert): IncidentAlert {
  const words = firstWords(a, b);
  const resolutions = [a.resolvedAt, b.resolvedAt].filter((at) => at !== undefined);
  return {
    source: a.source,
    fingerprint: a.fingerprint,
    startsAt: a.startsAt,
    labels: words.labels,
    annotations: words.annotations,
    status: a.status === "resolved" ? a.status : b.status,
    firstSeenAt: Math.min(a.firstSeenAt, b.firstSeenAt),
    lastFiringAt: Math.max(a.lastFiringAt, b.lastFiringAt),
    resolvedAt: resolutions.length === 0 ? undefined : Math.min(...resolutions),
  };
}

/** Annotations change between notifications: the first ones stay, and a tie is broken by content. */
function firstWords(a: IncidentAlert, b: IncidentAlert): IncidentAlert {
  if (a.firstSeenAt !== b.firstSeenAt) return a.firstSeenAt < b.firstSeenAt ? a : b;
  const content = (alert: IncidentAlert) => digest([alert.labels, alert.annotations], 64);
  return content(a) <= content(b) ? a : b;
}

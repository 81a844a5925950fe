/** All that an alert would have said of a target: what it is called, and since when. */
import type { Instant } from "../clock.ts";
import { digest } from "../digest.ts";
import type { AlertSignal } from "../signals/signal.ts";
import type { Target } from "../target.ts";

/** Alerts are this old when a person acts. Milliseconds. */
const alertLeadMs = 5 * 60_000;

/** `since`: when what the person undid was done. Whoever undoes it sooner than alerts usually take had one half-way. */
export function alertFor(target: Target, repository: string, at: Instant, since = 0): AlertSignal {
  const labels: Record<string, string> = { alertname: "HighErrorRate", severity: "critical", service: target.service };
  if (target.environment !== undefined) labels.environment = target.environment;
  if (target.namespace !== undefined) labels.namespace = target.namespace;
  return {
    kind: "alert",
    source: "backtest",
    repository,
    fingerprint: digest(labels, 16),
    status: "firing",
    labels,
    annotations: {},
    startsAt: at - Math.min(alertLeadMs, Math.max(0, at - since) / 2),
    endsAt: undefined,
    observedAt: at,
  };
}

/** Prometheus and Alertmanager in small: evaluates one rule per service and tells the receiver, until it has listened. */
import type { Clock, Instant } from "../../clock.ts";
import { type AlertRule, type AlertState, nextAlertState } from "./alert-state.ts";
import { alertmanagerBody } from "./alertmanager-body.ts";
import type { ClusterEvent } from "./cluster-event.ts";
import { errorRate } from "./error-rate.ts";
import { postJson, type Receiver } from "./post-json.ts";
import { repeat } from "./repeat.ts";
import type { Sample } from "./scrape.ts";

export interface AlertingOptions {
  readonly watched: readonly Watched[];
  readonly rule: AlertRule;
  /** The error rate is taken over this long. */
  readonly windowMs: number;
  readonly evaluateEveryMs: number;
  /** A firing alert is sent again after this long, byte for byte the same. */
  readonly repeatMs: number;
  readonly receiver: Receiver;
  readonly clock: Clock;
  readonly onEvent: (event: ClusterEvent) => void;
}

export interface Watched {
  readonly service: string;
  readonly namespace: string;
  readonly environment: string;
  readonly samples: () => readonly Sample[];
}

export interface Alerting {
  /** Looks at every service once. Called by the loop; tests call it themselves. */
  evaluate(): Promise<void>;
  close(): Promise<void>;
}

/** The name of the one alert that there is. */
export const alertName = "HighErrorRate";

/** `manual: true` starts no loop. */
export function startAlerting(options: AlertingOptions, manual = false): Alerting {
  const watches = options.watched.map((watched) => watch(watched, options));
  const evaluate = async () => {
    await Promise.all(watches.map((one) => one()));
  };
  const loop = manual ? undefined : repeat(options.evaluateEveryMs, evaluate);
  return { evaluate, close: async () => loop?.stop() };
}

/** What the receiver was told last. */
interface Told {
  readonly firedAt: Instant;
  readonly status: "firing" | "resolved";
  readonly at: Instant;
}

function watch(watched: Watched, options: AlertingOptions): () => Promise<void> {
  const { clock, onEvent } = options;
  const service = watched.service;
  let state: AlertState = { kind: "inactive" };
  let told: Told | undefined;

  return async () => {
    const now = clock.now();
    const rate = errorRate(watched.samples(), options.windowMs, now);
    // A busy machine may miss a scrape. That is no news of the service, so the alert stays as it is.
    const next = rate === undefined ? state : nextAlertState(state, options.rule, rate, now);
    if (next.kind !== state.kind) {
      if (next.kind === "pending") onEvent({ kind: "alert-pending", at: now, service, errorRate: rate ?? 0 });
      if (next.kind === "firing") onEvent({ kind: "alert-firing", at: now, service, errorRate: rate ?? 0 });
      if (state.kind === "firing") onEvent({ kind: "alert-resolved", at: now, service });
    }
    state = next;
    const due = notification(state, told, options.repeatMs, now);
    if (due === undefined) return;
    const alert = { ...describe(watched, options.rule), startsAt: due.firedAt, endsAt: due.endsAt };
    const result = await postJson(options.receiver, alertmanagerBody(alert, "remit", "http://alertmanager.example"));
    if (result.outcome === "retry") return;
    const status = due.endsAt === undefined ? "firing" : "resolved";
    told = { firedAt: due.firedAt, status, at: now };
    const accepted = result.outcome === "accepted";
    const detail = accepted ? service : `${service}: ${result.status} ${result.why}`;
    onEvent({ kind: "notified", at: clock.now(), what: `alert-${status}`, accepted, detail });
  };
}

/** Level-triggered, so a failed attempt is simply due again. A resolution is told only to whoever was told of the alert. */
function notification(state: AlertState, told: Told | undefined, repeatMs: number, now: Instant) {
  if (state.kind === "firing") {
    const known = told?.firedAt === state.firedAt && told.status === "firing";
    return known && now - told.at < repeatMs ? undefined : { firedAt: state.firedAt, endsAt: undefined };
  }
  if (told?.status !== "firing") return undefined;
  const resolved = state.kind === "inactive" ? state.resolved : undefined;
  return { firedAt: told.firedAt, endsAt: resolved?.at ?? now };
}

function describe(watched: Watched, rule: AlertRule) {
  const { service, namespace, environment } = watched;
  return {
    labels: { alertname: alertName, environment, namespace, service, severity: "critical" },
    annotations: {
      summary: `${service} in ${environment} answers more than ${Math.round(rule.threshold * 100)} % of requests with an error`,
    },
  };
}

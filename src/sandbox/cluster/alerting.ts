/** Prometheus and Alertmanager in small: evaluates each rule for each service and tells the receiver, until it has listened. */
import type { Clock, Instant } from "../../clock.ts";
import { type AlertRule, type AlertState, nextAlertState } from "./alert-state.ts";
import { alertmanagerBody } from "./alertmanager-body.ts";
import type { ClusterEvent } from "./cluster-event.ts";
import { postJson, type Receiver } from "./post-json.ts";
import { repeat } from "./repeat.ts";
import type { Sample } from "./scrape.ts";

export interface AlertingOptions {
  readonly watched: readonly Watched[];
  readonly rules: readonly AlertingRule[];
  /** What a rule looks at. */
  readonly windowMs: number;
  readonly evaluateEveryMs: number;
  /** A firing alert is sent again after this long, byte for byte the same. */
  readonly repeatMs: number;
  readonly receiver: Receiver;
  readonly clock: Clock;
  readonly onEvent: (event: ClusterEvent) => void;
}

export interface AlertingRule extends AlertRule {
  /** `alertname`. */
  readonly name: string;
  /** Beside those that say what fires. */
  readonly labels: (service: string) => Readonly<Record<string, string>>;
  /** undefined: the window tells nothing. */
  readonly value: (samples: readonly Sample[], windowMs: number, now: Instant) => number | undefined;
  /** What is wrong with a service, as the end of a sentence that begins with its name. */
  readonly summary: string;
  /** A value, for people. */
  readonly tell: (value: number) => string;
}

export interface Watched {
  readonly service: string;
  readonly namespace: string;
  readonly environment: string;
  readonly samples: () => readonly Sample[];
}

export interface Alerting {
  /** Looks at everything once. Called by the loop; tests call it themselves. */
  evaluate(): Promise<void>;
  close(): Promise<void>;
}

/** `manual: true` starts no loop. */
export function startAlerting(options: AlertingOptions, manual = false): Alerting {
  const watches = options.watched.flatMap((watched) => options.rules.map((rule) => watch(watched, rule, options)));
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

function watch(watched: Watched, rule: AlertingRule, options: AlertingOptions): () => Promise<void> {
  const { clock, onEvent } = options;
  const { service } = watched;
  const alert = rule.name;
  let state: AlertState = { kind: "inactive" };
  let told: Told | undefined;

  return async () => {
    const now = clock.now();
    const value = rule.value(watched.samples(), options.windowMs, now);
    // A busy machine may miss a scrape. That is no news of the service, so the alert stays as it is.
    const next = value === undefined ? state : nextAlertState(state, rule, value, now);
    if (next.kind !== state.kind) {
      if (next.kind === "pending") onEvent({ kind: "alert-pending", at: now, alert, service });
      if (next.kind === "firing")
        onEvent({ kind: "alert-firing", at: now, alert, service, detail: rule.tell(value ?? 0) });
      if (state.kind === "firing") onEvent({ kind: "alert-resolved", at: now, alert, service });
    }
    state = next;
    const due = notification(state, told, options.repeatMs, now);
    if (due === undefined) return;
    const described = { ...describe(watched, rule), startsAt: due.firedAt, endsAt: due.endsAt };
    const result = await postJson(
      options.receiver,
      alertmanagerBody(described, "remit", "http://alertmanager.example"),
    );
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

function describe(watched: Watched, rule: AlertingRule) {
  const { service, namespace, environment } = watched;
  return {
    labels: { alertname: rule.name, environment, namespace, service, severity: "critical", ...rule.labels(service) },
    annotations: { summary: `${service} in ${environment} ${rule.summary}` },
  };
}

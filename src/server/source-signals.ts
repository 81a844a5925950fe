/**
 * What a source says. The alert that always fires, by which Alertmanager shows that everything before it is alive, says
 * nothing else: it never becomes a signal, whatever labels it has.
 */
import type { Instant } from "../clock.ts";
import type { Signal } from "../signals/signal.ts";
import { sources } from "../signals/sources.ts";
import type { SourceConfig } from "./config/config.ts";

/** As kube-prometheus and most mixins call it. */
export const usualHeartbeat = "Watchdog";

export interface SourceSignals {
  readonly signals: readonly Signal[];
  /** It is as alive as it is to be. */
  readonly alive: boolean;
}

/** Throws RemitError payload-invalid. */
export function sourceSignals(source: SourceConfig, body: unknown, observedAt: Instant): SourceSignals {
  const { name, type, repository, watchdog } = source;
  const all = sources[type].parse(body, { source: name, repository, observedAt });
  const heartbeat = type === "alertmanager" ? (watchdog?.alert ?? usualHeartbeat) : undefined;
  const beats = all.filter((signal) => signal.kind === "alert" && signal.labels.alertname === heartbeat);
  const signals = heartbeat === undefined ? all : all.filter((signal) => !beats.includes(signal));
  // That it has resolved says that Prometheus, or the rule, is gone.
  const alive =
    heartbeat === undefined || beats.some((signal) => signal.kind === "alert" && signal.status === "firing");
  return { signals, alive };
}

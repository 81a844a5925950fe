import type { AlertSignal } from "../../src/signals/signal.ts";

export const now = Date.parse("2026-11-20T12:00:00Z");
export const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();

/** An alert that began five minutes ago. */
export function alert(
  labels: Readonly<Record<string, string>>,
  annotations: Readonly<Record<string, string>> = {},
): AlertSignal {
  return {
    kind: "alert",
    source: "prometheus",
    repository: "acme/shop",
    fingerprint: "828c936db785396a",
    status: "firing",
    labels: { alertname: "ServiceDown", ...labels },
    annotations,
    startsAt: now - 5 * 60_000,
    endsAt: undefined,
    observedAt: now,
  };
}

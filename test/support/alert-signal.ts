import type { AlertSignal } from "../../src/signals/signal.ts";
import type { TestClock } from "./test-clock.ts";

/** Of checkout in production. */
export function alertSignal(startedAt: number, clock: TestClock, change: Partial<AlertSignal>): AlertSignal {
  return {
    kind: "alert",
    source: "prometheus",
    repository: "acme/shop",
    fingerprint: "828c936db785396a",
    status: "firing",
    labels: { alertname: "HighErrorRate", service: "checkout", environment: "production", severity: "critical" },
    annotations: {},
    startsAt: startedAt + 11 * 60_000,
    endsAt: undefined,
    observedAt: clock.now(),
    ...change,
  };
}

/** Payloads in the shape that Alertmanager 0.25 sends. */

export interface AlertFixture {
  readonly status: string;
  readonly labels: Readonly<Record<string, unknown>>;
  readonly annotations: Readonly<Record<string, unknown>>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL: string;
  readonly fingerprint: string;
}

export function alertFixture(changes: Partial<AlertFixture> = {}): AlertFixture {
  return {
    status: "firing",
    labels: { alertname: "CheckoutErrors", service: "checkout", namespace: "shop", severity: "critical" },
    annotations: { summary: 'Half of all "orders" fail <now> & then' },
    startsAt: "2026-03-05T10:11:12.123456789Z",
    endsAt: "0001-01-01T00:00:00Z",
    generatorURL: "http://prometheus.example:9090/graph?g0.expr=up",
    fingerprint: "0f1e2d3c4b5a6978",
    ...changes,
  };
}

export function alertmanagerFixture(alerts: readonly unknown[] = [alertFixture()], changes: object = {}) {
  return {
    receiver: "remit",
    status: "firing",
    alerts,
    groupLabels: { alertname: "CheckoutErrors" },
    commonLabels: {},
    commonAnnotations: {},
    externalURL: "http://alertmanager.example:9093",
    version: "4",
    groupKey: '{}:{alertname="CheckoutErrors"}',
    truncatedAlerts: 0,
    ...changes,
  };
}

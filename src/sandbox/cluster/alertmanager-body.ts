/** The body of Alertmanager's webhook, version 4, for a group of one alert. */
import type { Instant } from "../../clock.ts";
import { fingerprint } from "./fingerprint.ts";

export interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: Instant;
  /** Set once it is resolved. */
  readonly endsAt: Instant | undefined;
}

const notEnded = "0001-01-01T00:00:00Z";

/** Byte-identical for equal alerts, as Alertmanager's repetitions are. */
export function alertmanagerBody(alert: Alert, receiver: string, externalUrl: string): string {
  const status = alert.endsAt === undefined ? "firing" : "resolved";
  const groupLabels = { alertname: alert.labels.alertname ?? "" };
  return JSON.stringify({
    receiver,
    status,
    alerts: [
      {
        status,
        labels: alert.labels,
        annotations: alert.annotations,
        startsAt: new Date(alert.startsAt).toISOString(),
        endsAt: alert.endsAt === undefined ? notEnded : new Date(alert.endsAt).toISOString(),
        generatorURL: `${externalUrl}/graph`,
        fingerprint: fingerprint(alert.labels),
      },
    ],
    groupLabels,
    commonLabels: alert.labels,
    commonAnnotations: alert.annotations,
    externalURL: externalUrl,
    version: "4",
    groupKey: `{}:{alertname="${groupLabels.alertname}"}`,
    truncatedAlerts: 0,
  });
}

import { alertmanagerBody } from "../../src/sandbox/cluster/alertmanager-body.ts";
import { postJson, type Receiver } from "../../src/sandbox/cluster/post-json.ts";

/** Checkout's alert fires since then, or has ended, as Alertmanager tells it. */
export async function tellCheckout(receiver: Receiver, startsAt: number, endsAt?: number): Promise<void> {
  const alert = {
    labels: { alertname: "HighErrorRate", service: "checkout", environment: "production", severity: "critical" },
    annotations: {},
    startsAt,
    endsAt,
  };
  await postJson(receiver, alertmanagerBody(alert, "remit", "http://alertmanager"));
}

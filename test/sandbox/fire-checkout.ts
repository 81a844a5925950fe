import { alertmanagerBody } from "../../src/sandbox/cluster/alertmanager-body.ts";
import { postJson, type Receiver } from "../../src/sandbox/cluster/post-json.ts";

/** Checkout's alert fires since now, as Alertmanager tells it. */
export async function fireCheckout(receiver: Receiver): Promise<void> {
  const alert = {
    labels: { alertname: "HighErrorRate", service: "checkout", environment: "production", severity: "critical" },
    annotations: {},
    startsAt: Date.now(),
    endsAt: undefined,
  };
  await postJson(receiver, alertmanagerBody(alert, "remit", "http://alertmanager"));
}

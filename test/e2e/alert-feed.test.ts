/** The sandbox's alert feed claims to speak Alertmanager's form: a real one is the judge. */
import { afterEach, describe, expect, test } from "vitest";
import { alertmanagerBody } from "../../src/sandbox/cluster/alertmanager-body.ts";
import { startLoad } from "../../src/sandbox/cluster/load-generator.ts";
import { startService } from "../../src/sandbox/cluster/service.ts";
import { testReceiver } from "../sandbox/cluster/receiver.ts";
import { alertmanagerBinary, prometheusBinary, startMonitoring } from "./support/monitoring.ts";

const installed = prometheusBinary !== undefined && alertmanagerBinary !== undefined;
if (!installed) console.warn("skipped: apt-get install prometheus prometheus-alertmanager");

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

function opened<T extends { close(): Promise<void> }>(one: T): T {
  open.push(one);
  return one;
}

describe.skipIf(!installed)("the sandbox's alert feed beside a real Prometheus and Alertmanager", () => {
  test("a failing service reaches the receiver as the same payload, fingerprint included, and so does its recovery", async () => {
    const receiver = opened(await testReceiver());
    const service = opened(
      await startService({
        name: "checkout",
        namespace: "shop",
        environment: "production",
        errorRate: (version) => (version === "bad" ? 0.6 : 0),
      }),
    );
    service.deploy("bad");
    opened(startLoad(service.url, () => 20));
    opened(await startMonitoring({ serviceUrl: service.url, receiver: { url: receiver.url, token: "sesame" } }));
    await receiver.count(1);
    service.deploy("good");
    await receiver.count(2);

    expect(receiver.received.map((one) => one.authorization)).toEqual(["Bearer sesame", "Bearer sesame"]);
    const [firing, resolved] = receiver.received.map((one) => JSON.parse(one.body));
    expect(firing.status).toBe("firing");
    expect(resolved.status).toBe("resolved");
    for (const real of [firing, resolved]) {
      const [alert] = real.alerts;
      const ours = JSON.parse(
        alertmanagerBody(
          {
            labels: alert.labels,
            annotations: alert.annotations,
            startsAt: Date.parse(alert.startsAt),
            endsAt: alert.status === "resolved" ? Date.parse(alert.endsAt) : undefined,
          },
          "remit",
          real.externalURL,
        ),
      );
      expect(Object.keys(ours).sort()).toEqual(Object.keys(real).sort());
      expect(Object.keys(ours.alerts[0]).sort()).toEqual(Object.keys(alert).sort());
      expect(ours.alerts[0].fingerprint).toBe(alert.fingerprint);
      expect(ours.status).toBe(real.status);
      if (real.status === "firing") expect(ours.alerts[0].endsAt).toBe(alert.endsAt);
    }
    expect(resolved.alerts[0].startsAt).toBe(firing.alerts[0].startsAt);
  });
});

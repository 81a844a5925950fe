import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startAlerting } from "../../../src/sandbox/cluster/alerting.ts";
import type { ClusterEvent } from "../../../src/sandbox/cluster/cluster-event.ts";
import type { Sample } from "../../../src/sandbox/cluster/scrape.ts";
import { shopAlerts } from "../../../src/sandbox/demo/shop-alerts.ts";
import { type TestReceiver, testReceiver } from "./receiver.ts";

let receiver: TestReceiver;
beforeEach(async () => {
  receiver = await testReceiver();
});
afterEach(() => receiver.close());

const start = Date.UTC(2026, 10, 21, 12);

const nothing: Sample = { at: start, total: 0, failed: 0, errors: 0, turnedAway: 0, oomKills: 0 };

/** Time and traffic under the test's control: each second brings 10 requests, of which so many fail. */
function rehearsal() {
  let now = start;
  const samples: Sample[] = [nothing];
  const events: ClusterEvent[] = [];
  const alerting = startAlerting(
    {
      watched: [{ service: "checkout", namespace: "shop", environment: "production", samples: () => samples }],
      rules: shopAlerts(2_000),
      windowMs: 2_500,
      evaluateEveryMs: 1_000,
      repeatMs: 5_000,
      receiver: { url: receiver.url, token: "sesame" },
      clock: { now: () => now },
      onEvent: (event) => events.push(event),
    },
    true,
  );
  return {
    events,
    async second(failed: number, how: "errors" | "turnedAway" = "errors") {
      now += 1_000;
      const last = samples.at(-1) ?? nothing;
      const added = { at: now, total: last.total + 10, failed: last.failed + failed, [how]: last[how] + failed };
      samples.push({ ...last, ...added });
      await alerting.evaluate();
    },
    async seconds(n: number, failed: number, how: "errors" | "turnedAway" = "errors") {
      for (let i = 0; i < n; i++) await this.second(failed, how);
    },
  };
}

const parse = (index: number) => JSON.parse(receiver.received[index]?.body ?? "null");

describe("the alert feed", () => {
  test("tells of an alert after its period, in Alertmanager's form and with its token", async () => {
    const world = rehearsal();
    await world.seconds(3, 6);
    expect(receiver.received).toHaveLength(1);
    expect(receiver.received[0]?.authorization).toBe("Bearer sesame");
    expect(parse(0)).toMatchObject({
      version: "4",
      status: "firing",
      truncatedAlerts: 0,
      groupKey: '{}:{alertname="HighErrorRate"}',
      alerts: [
        {
          status: "firing",
          labels: { alertname: "HighErrorRate", service: "checkout", namespace: "shop", environment: "production" },
          startsAt: "2026-11-21T12:00:03.000Z",
          endsAt: "0001-01-01T00:00:00Z",
          fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
        },
      ],
    });
  });

  test("tells apart what the service did wrong from what nobody had room for", async () => {
    const world = rehearsal();
    await world.seconds(3, 6, "turnedAway");
    await world.seconds(3, 6, "errors");
    const told = receiver.received.map((_, index) => parse(index));
    expect(told.map(({ status, alerts }) => [status, alerts[0].labels.alertname])).toEqual([
      ["firing", "ServiceOverloaded"],
      ["resolved", "ServiceOverloaded"],
      ["firing", "HighErrorRate"],
    ]);
  });

  test("stays silent while the service is well", async () => {
    const world = rehearsal();
    await world.seconds(20, 0);
    expect(receiver.received).toEqual([]);
  });

  test("repeats a firing alert byte for byte, and only after the repeat interval", async () => {
    const world = rehearsal();
    await world.seconds(3, 6);
    await world.seconds(4, 6);
    expect(receiver.received).toHaveLength(1);
    await world.second(6);
    expect(receiver.received).toHaveLength(2);
    expect(receiver.received[1]?.body).toBe(receiver.received[0]?.body);
  });

  test("tells of the resolution once, with the same start and fingerprint and an end", async () => {
    const world = rehearsal();
    await world.seconds(3, 6);
    await world.seconds(10, 0);
    expect(receiver.received).toHaveLength(2);
    const [firing, resolved] = [parse(0).alerts[0], parse(1).alerts[0]];
    expect(resolved).toMatchObject({ status: "resolved", startsAt: firing.startsAt, fingerprint: firing.fingerprint });
    expect(resolved.endsAt).toBe("2026-11-21T12:00:05.000Z");
    expect(world.events.map((event) => event.kind)).toEqual([
      "alert-pending",
      "alert-firing",
      "notified",
      "alert-resolved",
      "notified",
    ]);
  });

  test("sends the same body again while the receiver answers 5xx", async () => {
    const world = rehearsal();
    receiver.answer(503);
    await world.seconds(5, 6);
    receiver.answer(202);
    await world.seconds(2, 6);
    expect(receiver.received).toHaveLength(4);
    expect(new Set(receiver.received.map((one) => one.body)).size).toBe(1);
  });

  test("doesn't repeat what the receiver refused", async () => {
    const world = rehearsal();
    receiver.answer(401);
    await world.seconds(6, 6);
    expect(receiver.received).toHaveLength(1);
    expect(world.events.at(-1)).toMatchObject({ kind: "notified", accepted: false });
  });

  test("an alert that nobody was told of resolves in silence", async () => {
    const world = rehearsal();
    receiver.answer(503);
    await world.seconds(3, 6);
    await world.seconds(2, 0);
    receiver.answer(202);
    const refused = receiver.received.length;
    await world.seconds(6, 0);
    expect(receiver.received).toHaveLength(refused);
  });
});

import { expect, it, onTestFinished } from "vitest";
import type { Response } from "../../src/remediation/response.ts";
import type { Assembly } from "../../src/server/assembly.ts";
import { Secret } from "../../src/server/config/secret.ts";
import { serve } from "../../src/server/serve.ts";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { alertFixture, alertmanagerFixture } from "../signals/alertmanager-payload.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";
import { incident, response } from "../support/situation.ts";
import { ManualClock } from "./manual-clock.ts";

async function running(changes: Partial<Assembly> = {}) {
  const store = await openSqliteStore({ directory: temporaryDirectory() });
  const clock = new ManualClock();
  const ignore = () => {};
  const parts: Assembly = {
    store,
    clock,
    log: { info: ignore, warn: ignore, error: ignore },
    handleDelivery: async () => [],
    reconcile: async () => undefined,
    close: () => store.close(),
    ...changes,
  };
  const config = {
    listen: { host: "127.0.0.1", port: 0 },
    admin: { host: "127.0.0.1", port: 0 },
    sources: [
      {
        name: "prom",
        type: "alertmanager" as const,
        repository: "acme/shop",
        environments: undefined,
        tokens: [new Secret("token")],
      },
    ],
    github: { webhookSecrets: [new Secret("hook")] },
  };
  const serving = await serve(config, parts, { pollMs: 3_600_000 });
  onTestFinished(async () => {
    await serving.close();
    await store.close();
  });
  const get = async (path: string) => {
    const response = await fetch(`${serving.adminUrl}${path}`);
    return { status: response.status, text: await response.text() };
  };
  const alert = (body: string) =>
    fetch(`${serving.url}/hooks/alertmanager/prom`, {
      method: "POST",
      body,
      headers: { authorization: "Bearer token", "content-type": "application/json" },
    });
  return { store, clock, serving, get, alert, config, parts };
}

it("a delivery that arrives is handled without waiting for the next poll", async () => {
  let handled = () => {};
  const done = new Promise<void>((resolve) => {
    handled = resolve;
  });
  const { alert } = await running({
    async handleDelivery() {
      handled();
      return [];
    },
  });
  expect((await alert(JSON.stringify(alertmanagerFixture()))).status).toBe(202);
  await done;
});

it("work that hangs keeps no delivery from being stored and answered", async () => {
  const held = Promise.withResolvers<void>();
  const begun = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
  const { alert, store } = await running({
    async handleDelivery() {
      begun[0].resolve();
      await held.promise;
      return [];
    },
    async reconcile() {
      begun[1].resolve();
      await held.promise;
      return undefined;
    },
  });
  onTestFinished(() => held.resolve());
  await store.queue.add("incident", 0);
  const numbered = (number: number) =>
    JSON.stringify(alertmanagerFixture([alertFixture({ fingerprint: `f${number}` })]));
  const first = await alert(numbered(0));
  await Promise.all(begun.map(({ promise }) => promise));
  const others = await Promise.all(Array.from({ length: 20 }, (_, number) => alert(numbered(number + 1))));
  expect(new Set([first, ...others].map(({ status }) => status))).toEqual(new Set([202]));
  expect((await store.inbox.counts()).pending).toBe(21);
});

it("it is alive at once, and ready once the worker has looked", async () => {
  const { get, serving } = await running();
  expect((await get("/healthz")).status).toBe(200);
  await serving.worker.runDue();
  expect(await get("/readyz")).toEqual({ status: 200, text: '{"status":"ready"}' });
});

it("it isn't ready when the worker has been silent, or the store fails", async () => {
  const { get, serving, clock, store } = await running();
  await serving.worker.runDue();
  clock.advance(60_001);
  expect((await get("/readyz")).status).toBe(503);
  clock.advance(-60_001);
  expect((await get("/readyz")).status).toBe(200);
  await store.close();
  expect(await get("/readyz")).toMatchObject({ status: 503, text: expect.stringContaining("the store fails") });
  expect((await get("/healthz")).status).toBe(200);
});

it("metrics count requests by closed labels only, and tell what waits", async () => {
  const { get, alert, store } = await running();
  await alert("{");
  await store.queue.add("incident", 10 ** 12);
  const { text } = await get("/metrics");
  expect(text).toContain('remit_intake_requests_total{type="alertmanager",outcome="not-json"} 1');
  expect(text).toContain("remit_queue_size 1");
  expect(text).toContain('remit_inbox_deliveries{state="parked"} 0');
});

it("whoever was called and hasn't reacted is counted, and listed longest waiting first", async () => {
  const { get, store } = await running();
  const save = (id: string, change: Partial<Response>) =>
    store.incidents.save({
      incident: incident({ id, target: { service: id, environment: "production", namespace: undefined } }),
      response: response(change),
      version: 0,
    });
  await save("young", { escalated: { at: 9_000, reasons: [] }, issueNumber: 4 });
  await save("old", { escalated: { at: 5_000, reasons: [], again: { times: 1, at: 8_000 } } });
  await save("answered", { escalated: { at: 4_000, reasons: [], answered: { by: "bob", at: 4_500 } } });
  await save("quiet", {});
  const { text } = await get("/metrics");
  expect(text).toContain("remit_unanswered_calls 2");
  expect(text).toContain("remit_unanswered_call_oldest_timestamp_seconds 5");
  expect(JSON.parse((await get("/api/calls")).text)).toEqual({
    unanswered: [
      { incident: "old", repository: "acme/shop", target: "old/production", since: 5_000, calls: 2 },
      { incident: "young", repository: "acme/shop", target: "young/production", since: 9_000, calls: 1, issue: 4 },
    ],
  });
});

it("parked deliveries are listed with their error and without their body", async () => {
  const { get, store } = await running();
  const common = { source: "prom", type: "alertmanager", event: "", body: "<script>", receivedAt: 10 ** 12 };
  const { id } = await store.inbox.accept({ ...common, dedupeKey: "a" });
  await store.inbox.fail(id, "unreadable", undefined);
  const { text } = await get("/api/inbox?state=parked");
  expect(JSON.parse(text)).toMatchObject({
    counts: { parked: 1 },
    deliveries: [{ id, state: "parked", error: "unreadable" }],
  });
  expect(text).not.toContain("script");
  expect((await get("/api/inbox?state=nonsense")).status).toBe(400);
});

it("incidents are listed without any text of an alert", async () => {
  const { get, store } = await running();
  const words = { summary: "<img src=x>" };
  await store.incidents.save({
    incident: {
      id: "checkout-production-1",
      repository: "acme/shop",
      target: { service: "checkout", environment: "production", namespace: undefined },
      openedAt: 5,
      alerts: [
        {
          source: "prom",
          fingerprint: "f",
          startsAt: 5,
          labels: words,
          annotations: words,
          status: "firing",
          firstSeenAt: 6,
          lastFiringAt: 6,
          resolvedAt: undefined,
        },
      ],
    },
    response: {
      plan: undefined,
      remediations: [],
      issueNumber: 3,
      toldAt: undefined,
      lastView: undefined,
      timeline: [],
      requests: 4,
      escalated: undefined,
      closed: undefined,
    },
    version: 0,
  });
  const { text } = await get("/api/incidents");
  expect(JSON.parse(text)).toEqual({
    incidents: [
      {
        id: "checkout-production-1",
        repository: "acme/shop",
        target: "checkout/production",
        openedAt: 5,
        state: "open",
        alerts: { firing: 1, resolved: 0 },
        pulls: [],
        issue: 3,
        requests: 4,
        unansweredSince: undefined,
      },
    ],
  });
});

it("says which store it uses, in its log and in its status", async () => {
  const lines: unknown[] = [];
  const ignore = () => {};
  const log = { info: (...line: unknown[]) => void lines.push(line), warn: ignore, error: ignore };
  const { get, store } = await running({ log });
  expect(store.description).toMatch(/^SQLite, .*remit\.sqlite$/);
  expect(lines).toContainEqual([expect.objectContaining({ store: store.description }), "Remit listens"]);
  expect(JSON.parse((await get("/api/status")).text)).toEqual({
    store: store.description,
    inbox: { pending: 0, parked: 0, done: 0 },
    queue: 0,
    storms: [{ repository: "acme/shop", sickServices: 0, changesUnderWay: 0, breaker: "ready", full: false }],
    troubles: [],
  });
});

it("a port that is taken is an error that says so", async () => {
  const { serving, config, parts } = await running();
  const port = Number(new URL(serving.url).port);
  await expect(serve({ ...config, listen: { host: "127.0.0.1", port } }, parts)).rejects.toMatchObject({
    code: "config-invalid",
    message: expect.stringContaining(`127.0.0.1:${port}`),
  });
});

it("closing answers the request at hand, finishes the step at hand and takes no more", async () => {
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  let finish = () => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const { alert, serving, store, get } = await running({
    async handleDelivery() {
      begin();
      await finished;
      return [];
    },
  });
  await alert(JSON.stringify(alertmanagerFixture()));
  await begun;
  const closing = serving.close();
  finish();
  await closing;
  expect(await store.inbox.counts()).toEqual({ pending: 0, parked: 0, done: 1 });
  await expect(get("/healthz")).rejects.toThrow();
});

it("whoever can only send webhooks can read its health, and neither its state nor its metrics", async () => {
  const { serving } = await running();
  const status = async (path: string) => (await fetch(`${serving.url}${path}`)).status;
  expect(await status("/healthz")).toBe(200);
  expect([200, 503]).toContain(await status("/readyz"));
  for (const path of ["/metrics", "/api/incidents", "/api/inbox"]) expect(await status(path)).toBe(404);
});

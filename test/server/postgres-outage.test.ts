/** What happens when PostgreSQL goes away and comes back, to Remit's own intake and worker over a server of their own. */
import { describe, expect, inject, it, onTestFinished, vi } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { Secret } from "../../src/server/config/secret.ts";
import { serve } from "../../src/server/serve.ts";
import { openPostgresStore } from "../../src/store/postgres-store.ts";
import { alertFixture, alertmanagerFixture } from "../signals/alertmanager-payload.ts";
import { createPostgres } from "../support/postgres/create-postgres.ts";

const { programs, missing } = inject("postgres");

async function running(handled: (dedupeKey: string) => Promise<void>) {
  const server = await createPostgres({ programs: programs ?? "" });
  onTestFinished(() => server.close());
  await server.start();
  const store = await openPostgresStore({ url: server.url });
  const logged: string[] = [];
  const log = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields, plain)}`);
  const serving = await serve(
    {
      listen: { host: "127.0.0.1", port: 0 },
      admin: { host: "127.0.0.1", port: 0 },
      sources: [
        {
          name: "prom",
          type: "alertmanager",
          repository: "acme/shop",
          environments: undefined,
          tokens: [new Secret("token")],
        },
      ],
      github: { webhookSecrets: [new Secret("unused")] },
    },
    {
      store,
      clock: systemClock,
      log: { info: log, warn: log, error: log },
      async handleDelivery({ dedupeKey }) {
        await handled(dedupeKey);
        await store.queue.add(`incident of ${dedupeKey}`, systemClock.now());
        return [];
      },
      reconcile: async () => undefined,
      close: () => store.close(),
    },
    { pollMs: 20, leaseMs: 500 },
  );
  onTestFinished(async () => {
    await serving.close();
    await store.close();
  });
  const send = async (fingerprint: string) => {
    const body = JSON.stringify(alertmanagerFixture([alertFixture({ fingerprint })]));
    const headers = { authorization: "Bearer token", "content-type": "application/json" };
    const response = await fetch(`${serving.url}/hooks/alertmanager/prom`, { method: "POST", body, headers });
    return { status: response.status, retryAfter: response.headers.get("retry-after"), text: await response.text() };
  };
  const ready = async () => (await fetch(`${serving.url}/readyz`)).status;
  return { server, store, send, ready, logged };
}

function plain(_key: string, value: unknown): unknown {
  return value instanceof Error ? `${value.message} ${value.stack} ${String(value.cause)}` : value;
}

const reason = programs === undefined ? ` (${missing})` : "";

describe.skipIf(programs === undefined)(`when PostgreSQL goes away${reason}`, () => {
  it.each(["fast", "immediate"] as const)(
    "senders are told to come again, the worker waits, and after a %s stop nothing acknowledged is lost",
    async (how) => {
      const handled: string[] = [];
      let interrupt: (() => Promise<void>) | undefined;
      const { server, store, send, ready, logged } = await running(async (dedupeKey) => {
        // The worst moment: a delivery is being handled.
        await interrupt?.();
        handled.push(dedupeKey);
      });
      const acknowledged: string[] = [];
      const accept = async (fingerprint: string) => {
        expect((await send(fingerprint)).status).toBe(202);
        acknowledged.push(fingerprint);
      };
      for (let number = 0; number < 10; number += 1) await accept(`before ${number}`);
      await vi.waitFor(() => expect(handled).toHaveLength(10), { timeout: 30_000 });
      const stopped = new Promise<void>((resolve) => {
        interrupt = async () => {
          interrupt = undefined;
          await server.stop(how);
          resolve();
        };
      });
      await accept("during");
      await stopped;
      const refused = await send("while it is away");
      expect(refused).toMatchObject({ status: 503, retryAfter: "5", text: expect.stringContaining("not-stored") });
      expect(await ready()).toBe(503);
      await server.start();
      await vi.waitFor(async () => expect(await ready()).toBe(200), { timeout: 30_000 });
      await accept("while it is away");
      await vi.waitFor(
        async () => {
          expect(await store.inbox.counts()).toEqual({ pending: 0, parked: 0, done: acknowledged.length });
          expect(await store.queue.size()).toBe(0);
        },
        { timeout: 40_000, interval: 50 },
      );
      expect(new Set(handled).size).toBe(acknowledged.length);
      expect(logged.join("\n")).toContain("Remit tries again until it answers");
      expect(logged.join("\n")).not.toContain(server.password);
    },
    90_000,
  );
});

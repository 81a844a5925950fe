import { expect, it, onTestFinished, vi } from "vitest";
import { openPostgresStore } from "../../../src/store/postgres-store.ts";
import { alertFixture, alertmanagerFixture } from "../../signals/alertmanager-payload.ts";
import { describePostgres } from "../../support/postgres/describe-postgres.ts";
import { freshDatabase } from "../../support/postgres/fresh-database.ts";
import { type Event, undecided, violations } from "./history.ts";
import { type Replica, startReplica } from "./start-replica.ts";
import { type Asked, startWorld } from "./start-world.ts";

const leaseMs = 2_500;
const alerts = Array.from({ length: 72 }, (_, index) => ({ name: `alert-${index}`, service: `service-${index % 9}` }));

describePostgres("three replicas over one PostgreSQL", () => {
  const database = freshDatabase();

  it("lose nothing, double nothing and share no target when one is killed and one is paused while they hold work", async () => {
    const history: Event[] = [];
    const note = (event: Event) => void history.push(event);
    const now = () => Number(process.hrtime.bigint());
    const replicas: Replica[] = [];
    let killed: string | undefined;
    let paused: { readonly replica: string; readonly alert: string } | undefined;
    let acts = 0;
    const signal = (name: string, kind: "SIGKILL" | "SIGSTOP" | "SIGCONT") =>
      replicas.find((replica) => replica.name === name)?.signal(kind);

    const world = await startWorld(async ({ what, replica, alert, target, token }: Asked) => {
      if (what === "act") {
        note({ type: "act", at: now(), replica, target, token, alert });
        acts += 1;
        // The worst moment to die: it happened, and nobody knows.
        if (acts === 8) {
          killed = replica;
          signal(replica, "SIGKILL");
          note({ type: "killed", at: now(), replica });
        }
        // Somebody took over what the paused one was about to do: it wakes and believes that it still may.
        if (alert === paused?.alert) {
          signal(paused.replica, "SIGCONT");
          note({ type: "resumed", at: now(), replica: paused.replica });
        }
      }
      // The worst moment to be paused: it was told that nothing was done yet.
      if (what === "look" && acts >= 20 && replica !== killed && paused === undefined && !world.acts.has(alert)) {
        paused = { replica, alert };
        signal(replica, "SIGSTOP");
        note({ type: "paused", at: now(), replica });
      }
    });
    for (const name of ["one", "two", "three"]) {
      const options = { name, databaseUrl: database.url, worldUrl: world.url, leaseMs, onEvent: note };
      replicas.push(await startReplica(options));
    }
    await Promise.all(
      alerts.map(async ({ name, service }, index) => {
        await send(replicas, index, { fingerprint: name, service });
        note({ type: "acknowledged", at: now(), alert: name });
      }),
    );
    const store = await openPostgresStore({ url: database.url, poolSize: 2 });
    onTestFinished(() => store.close());
    await vi.waitFor(
      async () => {
        expect(await store.inbox.counts()).toMatchObject({ pending: 0, parked: 0 });
        expect(await store.queue.size()).toBe(0);
        expect(undecided(history)).toEqual([]);
      },
      { timeout: 60_000, interval: 100 },
    );
    expect(violations(history)).toEqual([]);
    expect({ killed, paused: paused?.replica }).toEqual({ killed: expect.any(String), paused: expect.any(String) });
    expect(history.some((event) => event.type === "resumed")).toBe(true);
    expect([...world.acts.keys()].toSorted()).toEqual(alerts.map(({ name }) => name).toSorted());
    const open = await store.incidents.open();
    expect(open.map(({ incident }) => incident.target.service).toSorted()).toEqual(
      [...new Set(alerts.map(({ service }) => service))].toSorted(),
    );
    const told = open.flatMap(({ response }) => response.timeline.map(({ event }) => event));
    expect(told.filter((event) => event.startsWith("acted")).toSorted()).toEqual(
      alerts.map(({ name }) => `acted ${name}`).toSorted(),
    );
  }, 90_000);
});

/** As a sender does: the same again, elsewhere, until somebody says that it is stored. */
async function send(
  replicas: readonly Replica[],
  first: number,
  { fingerprint, service }: { readonly fingerprint: string; readonly service: string },
): Promise<void> {
  const labels = { alertname: fingerprint, service };
  // Each began at a time of its own, so whoever hears of it first opens another incident.
  const startsAt = new Date(Date.UTC(2026, 2, 5) + first * 1_000).toISOString();
  const body = JSON.stringify(alertmanagerFixture([alertFixture({ fingerprint, labels, startsAt })]));
  for (let attempt = first; ; attempt += 1) {
    const url = replicas[attempt % replicas.length]?.url ?? "";
    const headers = { authorization: "Bearer token", "content-type": "application/json" };
    const request = fetch(url, { method: "POST", body, headers, signal: AbortSignal.timeout(1_000) });
    const status = await request.then(
      (response) => response.status,
      () => undefined,
    );
    if (status === 202 || status === 200) return;
  }
}

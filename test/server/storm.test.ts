import { describe, expect, it, onTestFinished } from "vitest";
import { openPostgresStore } from "../../src/store/postgres-store.ts";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import type { Store } from "../../src/store/store.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";
import { describePostgres } from "../support/postgres/describe-postgres.ts";
import { freshDatabase } from "../support/postgres/fresh-database.ts";
import { stormWorld } from "../support/storm-world.ts";

const services = Array.from({ length: 20 }, (_, index) => `service-${index}`);

function storms(open: () => Promise<Store>): void {
  const world = async () => {
    const store = await open();
    const storm = await stormWorld(store, temporaryDirectory(), services);
    onTestFinished(async () => {
      await storm.close();
      await store.close();
    });
    return { store, storm };
  };

  it("many alerts for many targets open one incident for each, and none that was acknowledged is missing", async () => {
    const { store, storm } = await world();
    const alerts = services.flatMap((service) => Array.from({ length: 10 }, (_, number) => ({ service, number })));
    expect(new Set(await storm.send(alerts))).toEqual(new Set([202]));
    await storm.workOff();
    const open = await store.incidents.open("acme/shop");
    expect(open.map(({ incident }) => incident.target.service).sort()).toEqual([...services].sort());
    expect(open.every(({ incident }) => incident.alerts.length === 10)).toBe(true);
    expect(await store.inbox.counts()).toEqual({ pending: 0, parked: 0, done: alerts.length });
    expect(new Set(storm.reconciled).size).toBe(services.length);
    expect((await store.incidents.storm("acme/shop", 0, "")).sickServices).toBe(services.length);
  });

  it("many alerts for one target make one incident that lists a hundred and knows that the others fire", async () => {
    const { store, storm } = await world();
    const alerts = Array.from({ length: 150 }, (_, number) => ({ service: "service-3", number }));
    expect(new Set(await storm.send(alerts))).toEqual(new Set([202]));
    await storm.workOff();
    const [only, ...others] = await store.incidents.open("acme/shop");
    expect(others).toEqual([]);
    expect(only?.incident.alerts).toHaveLength(100);
    expect(Object.keys(only?.incident.unlisted?.firing ?? {})).toHaveLength(50);
  });

  it("a critical alert that comes last is looked at first", async () => {
    const { storm } = await world();
    const routine = services.slice(1).map((service) => ({ service, number: 1, severity: "info" }));
    await storm.send(routine);
    await storm.send([{ service: "service-0", number: 1, severity: "critical" }]);
    await storm.workOff();
    // Four lanes take one each at once, and any of them may be told first what it took.
    expect(storm.reconciled.slice(0, 4)).toContainEqual(expect.stringMatching(/^service-0-/));
  });
}

describe("a storm over SQLite", () => storms(() => openSqliteStore({ directory: temporaryDirectory() })));

describePostgres("a storm over PostgreSQL", () => {
  const database = freshDatabase();
  storms(async () => {
    await database.clear();
    return openPostgresStore({ url: database.url });
  });
});

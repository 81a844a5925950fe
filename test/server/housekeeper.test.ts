import { expect, it, onTestFinished } from "vitest";
import { defaultRetention } from "../../src/server/config/retention.ts";
import { createHousekeeper } from "../../src/server/housekeeper.ts";
import { openSqliteStore } from "../../src/store/sqlite-store.ts";
import { delivery, sync } from "../store/store-fixtures.ts";
import { temporaryDirectory } from "../store/temporary-directory.ts";
import { ManualClock } from "./manual-clock.ts";

const day = 86_400_000;

it("what is over and older than its retention goes, however much it is; everything else stays", async () => {
  const store = await openSqliteStore({ directory: temporaryDirectory() });
  onTestFinished(() => store.close());
  const clock = new ManualClock(100 * day);
  const logged: unknown[] = [];
  const log = { info: (...line: unknown[]) => void logged.push(line), warn: () => {}, error: () => {} };
  const old = 100 * day - defaultRetention.deliveriesMs - 1;
  const accepted = await Promise.all(
    Array.from({ length: 1_203 }, (_, index) => store.inbox.accept(delivery(`old ${index}`, { receivedAt: old }))),
  );
  for (const { id } of accepted.slice(3)) await store.inbox.done(id, old);
  await store.inbox.done((await store.inbox.accept(delivery("young", { receivedAt: old + 1 }))).id, old);
  await store.syncs.record(sync({ observedAt: old }));
  await createHousekeeper({ store, clock, log, retention: defaultRetention }).runDue();
  expect(await store.inbox.counts()).toEqual({ pending: 3, parked: 0, done: 1 });
  expect(await store.syncs.list("acme/shop", 0)).toEqual([]);
  expect(logged).toContainEqual([
    { deliveries: 500, sightings: 0, incidents: 0, syncs: 1, shadows: 0 },
    "forgot what was over and old",
  ]);
});

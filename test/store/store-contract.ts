/** What every store must do, written once: call it with a name and a function that opens an empty store. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../src/store/store.ts";
import { lanesContract } from "./lanes-contract.ts";
import { leaseContract } from "./lease-contract.ts";
import { outboxContract } from "./outbox-contract.ts";
import { retentionContract } from "./retention-contract.ts";
import { shadowContract } from "./shadow-contract.ts";
import { delivery, ids, incident, response, sync, taken } from "./store-fixtures.ts";
import { stormContract } from "./storm-contract.ts";

export function storeContract(name: string, open: () => Promise<Store>): void {
  lanesContract(name, open);
  leaseContract(name, open);
  retentionContract(name, open);
  shadowContract(name, open);
  outboxContract(name, open);
  stormContract(name, open);
  describe(`${name} keeps the store's contract`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store.close();
    });

    describe("inbox", () => {
      it("a delivery is taken as it was accepted", async () => {
        const { id, outcome } = await store.inbox.accept(delivery("a", { event: "push", body: '{"ü":"\\u0000"}' }));
        expect(outcome).toBe("stored");
        const { sightings: _, ...expected } = delivery("a", { event: "push", body: '{"ü":"\\u0000"}' });
        expect(await store.inbox.take(1_000, 100)).toEqual({
          ...expected,
          id,
          state: "pending",
          attempts: 1,
          error: undefined,
          lastSeenAt: undefined,
        });
      });

      it("field note S2: one hundred concurrent deliveries with one key are stored once", async () => {
        const answers = await Promise.all(Array.from({ length: 100 }, () => store.inbox.accept(delivery("same"))));
        expect(answers.filter(({ outcome }) => outcome === "stored")).toHaveLength(1);
        expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
        expect(await store.inbox.counts()).toEqual({ pending: 1, parked: 0, done: 0 });
      });

      it("any mixture of keys is stored once per key, whatever arrives together", async () => {
        await fc.assert(
          fc.asyncProperty(fc.array(fc.array(fc.integer({ min: 0, max: 8 }))), fc.uuid(), async (batches, run) => {
            const before = (await store.inbox.counts()).pending;
            const stored: string[] = [];
            for (const batch of batches) {
              const answers = await Promise.all(batch.map((key) => store.inbox.accept(delivery(`${run}/${key}`))));
              stored.push(...answers.filter((answer) => answer.outcome === "stored").map((answer) => answer.id));
            }
            const keys = new Set(batches.flat());
            expect(new Set(stored).size).toBe(keys.size);
            expect((await store.inbox.counts()).pending - before).toBe(keys.size);
          }),
          { numRuns: 30 },
        );
      });

      it("a duplicate makes no work and is noted as seen", async () => {
        const { id } = await store.inbox.accept(delivery("a", { receivedAt: 10 }));
        expect(await store.inbox.lastSeen("a")).toBe(10);
        await store.inbox.done((await store.inbox.take(10, 5))?.id ?? "", 11);
        expect(await store.inbox.accept(delivery("a", { receivedAt: 99 }))).toEqual({ outcome: "duplicate", id });
        expect(await store.inbox.lastSeen("a")).toBe(99);
        expect((await store.inbox.get(id))?.lastSeenAt).toBe(99);
        expect(await store.inbox.take(1_000, 5)).toBeUndefined();
        expect(await store.inbox.lastSeen("never")).toBeUndefined();
      });

      it("a repeated notification says when the alert was last known to fire", async () => {
        const firing = { fingerprint: "f", startsAt: 5, status: "firing" } as const;
        await store.inbox.accept(delivery("a", { receivedAt: 10, sightings: [firing] }));
        await store.inbox.accept(delivery("a", { receivedAt: 30, sightings: [firing] }));
        await store.inbox.accept(delivery("a", { receivedAt: 20, sightings: [firing] }));
        expect(await store.inbox.lastNotified({ source: "prod", ...firing })).toBe(30);
        expect(await store.inbox.lastNotified({ source: "other", ...firing })).toBeUndefined();
        expect(await store.inbox.lastNotified({ source: "prod", ...firing, startsAt: 6 })).toBeUndefined();
        expect(await store.inbox.lastNotified({ source: "prod", ...firing, status: "resolved" })).toBeUndefined();
      });

      it("deliveries are taken oldest first", async () => {
        for (const key of ["b", "a", "c"]) await store.inbox.accept(delivery(key));
        for (const key of ["b", "a", "c"]) expect((await store.inbox.take(1_000, 100))?.dedupeKey).toBe(key);
      });

      it("of workers that take at the same time, each gets a delivery of its own", async () => {
        for (const key of ["a", "b", "c"]) await store.inbox.accept(delivery(key));
        const taken = await Promise.all(Array.from({ length: 4 }, () => store.inbox.take(1_000, 100)));
        expect(taken.map((item) => item?.dedupeKey ?? "").toSorted()).toEqual(["", "a", "b", "c"]);
      });

      it("a lease that expires is taken over, and the attempts are counted", async () => {
        await store.inbox.accept(delivery("a"));
        await store.inbox.take(1_000, 100);
        expect(await store.inbox.take(1_099, 100)).toBeUndefined();
        expect(await store.inbox.take(1_100, 100)).toMatchObject({ dedupeKey: "a", attempts: 2 });
      });

      it("a failed delivery waits for its time and lets the next one pass", async () => {
        await store.inbox.accept(delivery("bad"));
        await store.inbox.accept(delivery("good"));
        const bad = await store.inbox.take(1_000, 100);
        await store.inbox.fail(bad?.id ?? "", "no answer", 5_000);
        expect((await store.inbox.take(1_000, 100))?.dedupeKey).toBe("good");
        expect(await store.inbox.take(4_999, 100)).toMatchObject({ dedupeKey: "good" });
        expect(await store.inbox.take(5_000, 100)).toMatchObject({ dedupeKey: "bad", error: "no answer" });
      });

      it("a parked delivery is listed with its error, and due again after a replay", async () => {
        const { id } = await store.inbox.accept(delivery("a"));
        await store.inbox.take(1_000, 100);
        await store.inbox.fail(id, "unreadable", undefined);
        expect(await store.inbox.take(9_000, 100)).toBeUndefined();
        expect(await store.inbox.list({ state: "parked" })).toMatchObject([{ id, error: "unreadable" }]);
        expect(await store.inbox.replay(id, 9_000)).toBe(true);
        expect(await store.inbox.take(9_000, 100)).toMatchObject({ id, attempts: 1 });
        expect(await store.inbox.replay("12345", 9_000)).toBe(false);
        expect(await store.inbox.replay("nonsense", 9_000)).toBe(false);
      });

      it("a finished delivery is due again after a replay", async () => {
        const { id } = await store.inbox.accept(delivery("a"));
        await store.inbox.done(id, 1);
        expect(await store.inbox.take(9_000, 100)).toBeUndefined();
        expect(await store.inbox.replay(id, 9_000)).toBe(true);
        expect(await store.inbox.take(9_000, 100)).toMatchObject({ id });
      });

      it("a redelivery of a parked delivery tries it once more", async () => {
        const { id } = await store.inbox.accept(delivery("a"));
        await store.inbox.take(1_000, 100);
        await store.inbox.fail(id, "unreadable", undefined);
        expect((await store.inbox.accept(delivery("a", { receivedAt: 2_000 }))).outcome).toBe("duplicate");
        expect(await store.inbox.take(2_000, 100)).toMatchObject({ id, attempts: 2 });
      });

      it("a worker whose lease ran out can't park what another one finished", async () => {
        const { id } = await store.inbox.accept(delivery("a"));
        await store.inbox.take(1_000, 100);
        await store.inbox.take(1_100, 100);
        await store.inbox.done(id, 1_101);
        await store.inbox.fail(id, "too late", undefined);
        expect(await store.inbox.get(id)).toMatchObject({ state: "done", error: undefined });
      });

      it("the list is newest first and bounded", async () => {
        for (const key of ["a", "b", "c"]) await store.inbox.accept(delivery(key));
        expect((await store.inbox.list({ limit: 2 })).map(({ dedupeKey }) => dedupeKey)).toEqual(["c", "b"]);
      });
    });

    describe("queue", () => {
      it("a key added many times is one item at the earliest time", async () => {
        await fc.assert(
          fc.asyncProperty(fc.uuid(), fc.array(fc.nat(), { minLength: 1 }), async (key, times) => {
            for (const time of times) await store.queue.add(key, time);
            expect(await store.queue.size()).toBe(1);
            expect(await store.queue.nextRunAt()).toBe(Math.min(...times));
            expect(await store.queue.take(Math.min(...times) - 1, 10)).toBeUndefined();
            const item = await store.queue.take(Math.min(...times), 10);
            expect(item).toMatchObject({ key, attempts: 1 });
            if (item !== undefined) await store.queue.done(item, undefined);
            expect(await store.queue.size()).toBe(0);
          }),
          { numRuns: 30 },
        );
      });

      it("one worker per key at a time, and another key isn't held up", async () => {
        await store.queue.add("a", 1);
        await store.queue.add("b", 2);
        expect((await store.queue.take(10, 100))?.key).toBe("a");
        expect((await store.queue.take(10, 100))?.key).toBe("b");
        expect(await store.queue.take(10, 100)).toBeUndefined();
      });

      it("a key that is added while it is worked on stays due after it is done", async () => {
        await store.queue.add("a", 1);
        const item = await taken(store, 10);
        await store.queue.add("a", 20);
        await store.queue.add("a", 30);
        expect(await store.queue.take(25, 100)).toBeUndefined();
        await store.queue.done(item, 500);
        expect(await store.queue.nextRunAt()).toBe(20);
        await store.queue.done(await taken(store, 20), undefined);
        expect(await store.queue.size()).toBe(0);
      });

      it("done with a next time is due then, with its attempts forgotten", async () => {
        await store.queue.add("a", 1);
        await store.queue.done(await taken(store, 10), 50);
        expect(await store.queue.take(49, 100)).toBeUndefined();
        expect(await store.queue.take(50, 100)).toMatchObject({ attempts: 1 });
      });

      it("a failed item waits until its retry even when it is added again, and counts its attempts", async () => {
        await store.queue.add("a", 1);
        await store.queue.fail(await taken(store, 10), "no answer", 100);
        await store.queue.add("a", 11);
        expect(await store.queue.take(99, 100)).toBeUndefined();
        expect(await store.queue.nextRunAt()).toBe(100);
        expect(await store.queue.take(100, 100)).toMatchObject({ attempts: 2 });
      });

      it("a lease that expires is taken over, and the late worker changes nothing", async () => {
        await store.queue.add("a", 1);
        const late = await taken(store, 10);
        expect(await store.queue.nextRunAt()).toBe(110);
        expect(await store.queue.take(109, 100)).toBeUndefined();
        const second = await taken(store, 110);
        await store.queue.done(late, undefined);
        await store.queue.fail(late, "too late", 5_000);
        expect(await store.queue.size()).toBe(1);
        expect(await store.queue.take(150, 100)).toBeUndefined();
        await store.queue.done(second, undefined);
        expect(await store.queue.size()).toBe(0);
        expect(await store.queue.nextRunAt()).toBeUndefined();
      });
    });

    describe("incidents", () => {
      it("a record is read as it was saved, one version later", async () => {
        const record = { incident: incident("i-1"), response, version: 0 };
        expect(await store.incidents.save(record)).toBe(true);
        expect(await store.incidents.get("i-1")).toEqual({ ...record, version: 1 });
        expect(await store.incidents.get("i-2")).toBeUndefined();
      });

      it("of concurrent savers of one version exactly one wins", async () => {
        const record = { incident: incident("i-1"), response, version: 0 };
        const created = await Promise.all(Array.from({ length: 10 }, () => store.incidents.save(record)));
        expect(created.filter(Boolean)).toHaveLength(1);
        const updated = await Promise.all(
          Array.from({ length: 10 }, () => store.incidents.save({ ...record, version: 1 })),
        );
        expect(updated.filter(Boolean)).toHaveLength(1);
        expect(await store.incidents.save({ ...record, version: 1 })).toBe(false);
        expect((await store.incidents.get("i-1"))?.version).toBe(2);
      });

      it("open incidents are oldest first, of one repository or of all; closed ones only in the list", async () => {
        const closed = { ...response, closed: { at: 9, outcome: "recovered", reasons: [] } } as const;
        await store.incidents.save({ incident: incident("late", { openedAt: 30 }), response, version: 0 });
        await store.incidents.save({ incident: incident("early", { openedAt: 10 }), response, version: 0 });
        await store.incidents.save({ incident: incident("other", { repository: "a/b" }), response, version: 0 });
        await store.incidents.save({ incident: incident("over", { openedAt: 40 }), response: closed, version: 0 });
        expect(ids(await store.incidents.open("acme/shop"))).toEqual(["early", "late"]);
        expect(ids(await store.incidents.open())).toEqual(["other", "early", "late"]);
        expect(ids(await store.incidents.list(3))).toEqual(["over", "late", "early"]);
      });
    });

    describe("syncs and settings", () => {
      it("a sync that is recorded twice is kept once; the list is newest first and begins at the time asked for", async () => {
        await store.syncs.record(sync({ observedAt: 10 }));
        await store.syncs.record(sync({ observedAt: 20 }));
        await store.syncs.record(sync({ observedAt: 20 }));
        await store.syncs.record(sync({ observedAt: 30, repository: "a/b" }));
        await store.syncs.record(sync({ observedAt: 20, phase: "failed" }));
        const list = await store.syncs.list("acme/shop", 11);
        expect(list).toHaveLength(2);
        expect(list).toContainEqual(sync({ observedAt: 20 }));
        expect((await store.syncs.list("acme/shop", 0)).at(-1)).toEqual(sync({ observedAt: 10 }));
      });

      it("a setting is what was set last", async () => {
        expect(await store.settings.get("k")).toBeUndefined();
        await store.settings.set("k", "1");
        await store.settings.set("k", "2");
        expect(await store.settings.get("k")).toBe("2");
      });
    });
  });
}

/** The part of the store's contract that keeps two workers off one target, and a late one from writing. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Store, WorkItem } from "../../src/store/store.ts";
import { delivery, incident, response, taken } from "./store-fixtures.ts";

export function leaseContract(name: string, open: () => Promise<Store>): void {
  describe(`${name} keeps the contract of leases`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store.close();
    });

    it("of the keys of one queue only one is leased at a time, and nobody is told to come before it can be had", async () => {
      await store.queue.add("a1", 1, "a");
      await store.queue.add("a2", 2, "a");
      await store.queue.add("b1", 3, "b");
      const first = await taken(store, 10);
      expect(first.key).toBe("a1");
      expect((await taken(store, 10)).key).toBe("b1");
      expect(await store.queue.take(10, 100)).toBeUndefined();
      expect(await store.queue.nextRunAt()).toBe(110);
      await store.queue.done(first, undefined);
      expect(await store.queue.nextRunAt()).toBe(2);
      expect((await taken(store, 10)).key).toBe("a2");
    });

    it("what was put off or failed is due at once after a recall, and what somebody works on stays theirs", async () => {
      for (const key of ["failed", "later", "held"]) await store.queue.add(key, 1);
      const items = new Map<string, WorkItem>();
      for (const _ of ["first", "second", "third"]) {
        const item = await taken(store, 10_000);
        items.set(item.key, item);
      }
      const item = (key: string) => items.get(key) ?? expect.fail(`${key} wasn't taken`);
      await store.queue.fail(item("failed"), "the clock is wrong", 20_000);
      await store.queue.done(item("later"), 30_000);
      expect(await store.queue.take(50, 100)).toBeUndefined();
      await store.queue.recall(50, 100);
      expect([(await taken(store, 50)).key, (await taken(store, 50)).key].toSorted()).toEqual(["failed", "later"]);
      expect(await store.queue.take(50, 100)).toBeUndefined();
      expect(await store.queue.renew(item("held"), 20_000)).toBe(true);
    });

    it("what was leased by a clock that ran ahead is taken over a lease after the recall, and no other lease ends sooner", async () => {
      await store.queue.add("ahead", 1);
      await store.queue.add("now", 2);
      await taken(store, 10_000);
      const now = await store.queue.take(10, 50);
      expect(now).toMatchObject({ key: "now" });
      await store.queue.recall(20, 100);
      expect(await store.queue.take(59, 100)).toBeUndefined();
      expect(await store.queue.take(60, 1_000)).toMatchObject({ key: "now" });
      expect(await store.queue.take(119, 100)).toBeUndefined();
      expect(await store.queue.take(120, 100)).toMatchObject({ key: "ahead", attempts: 2 });
    });

    it("however many workers take at once, no two hold a key of the same queue", async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 12 }),
          fc.uuid(),
          async (queues, run) => {
            for (const [index, queue] of queues.entries())
              await store.queue.add(`${run}/${index}`, 1, `${run}/${queue}`);
            let left = queues.length;
            while (left > 0) {
              const items = await Promise.all(Array.from({ length: 6 }, () => store.queue.take(10, 100)));
              const held = items.filter((item) => item !== undefined);
              const names = held.map(({ key }) => queues[Number(key.split("/")[1])]);
              expect(held.length).toBeGreaterThan(0);
              expect(new Set(names).size).toBe(names.length);
              for (const item of held) await store.queue.done(item, undefined);
              left -= held.length;
            }
          },
        ),
        { numRuns: 20 },
      );
    });

    it("a queue whose worker died is free again when the lease is over, beginning with the key that it held", async () => {
      await store.queue.add("a1", 1, "a");
      await store.queue.add("a2", 2, "a");
      expect((await taken(store, 10)).key).toBe("a1");
      expect(await store.queue.take(109, 100)).toBeUndefined();
      const again = await taken(store, 110);
      expect(again).toMatchObject({ key: "a1", attempts: 2 });
      await store.queue.done(again, undefined);
      expect((await taken(store, 110)).key).toBe("a2");
    });

    it("a key keeps its queue when it is added without one", async () => {
      await store.queue.add("a1", 1, "a");
      await store.queue.add("a1", 1);
      await store.queue.add("a2", 2, "a");
      await taken(store, 10);
      expect(await store.queue.take(10, 100)).toBeUndefined();
    });

    it("a renewed lease isn't taken over, and one that was taken over can't be renewed", async () => {
      await store.queue.add("a", 1);
      const late = await taken(store, 10);
      expect(await store.queue.renew(late, 200)).toBe(true);
      expect(await store.queue.take(199, 100)).toBeUndefined();
      const second = await taken(store, 200);
      expect(await store.queue.renew(late, 900)).toBe(false);
      await store.queue.done(second, undefined);
      expect(await store.queue.renew(second, 900)).toBe(false);
    });

    it("a renewed delivery isn't taken over; one that is done stays done", async () => {
      const { id } = await store.inbox.accept(delivery("a"));
      await store.inbox.take(1_000, 100);
      await store.inbox.renew(id, 1_500);
      expect(await store.inbox.take(1_499, 100)).toBeUndefined();
      expect(await store.inbox.take(1_500, 100)).toMatchObject({ id, attempts: 2 });
      await store.inbox.done(id, 1_501);
      await store.inbox.renew(id, 0);
      expect(await store.inbox.take(9_000, 100)).toBeUndefined();
    });

    it("whoever lost the lease can't save, whatever the version; whoever has it can", async () => {
      const record = { incident: incident("a"), response, version: 0 };
      await store.incidents.save(record);
      await store.queue.add("a", 1);
      const late = await taken(store, 10);
      expect(await store.incidents.save({ ...record, version: 1 }, { lease: late })).toBe(true);
      const second = await taken(store, 110);
      const lost = { code: "lease-lost", message: expect.stringContaining("took over a") };
      await expect(store.incidents.save({ ...record, version: 2 }, { lease: late })).rejects.toMatchObject(lost);
      await expect(
        store.incidents.save({ ...record, incident: incident("b"), version: 0 }, { lease: late }),
      ).rejects.toMatchObject(lost);
      expect((await store.incidents.get("a"))?.version).toBe(2);
      expect(await store.incidents.get("b")).toBeUndefined();
      expect(await store.incidents.save({ ...record, version: 1 }, { lease: second })).toBe(false);
      expect(await store.incidents.save({ ...record, version: 2 }, { lease: second })).toBe(true);
    });

    it("workers that open an incident of one target at the same time open one", async () => {
      const { target } = incident("shared");
      for (let round = 0; round < 5; round += 1) {
        const repository = `acme/shop-${round}`;
        const opened = await Promise.all(
          Array.from({ length: 8 }, (_, index) =>
            store.incidents.save({
              incident: incident(`i-${round}-${index}`, { target, repository }),
              response,
              version: 0,
            }),
          ),
        );
        expect(opened.filter(Boolean)).toHaveLength(1);
        expect(await store.incidents.open(repository)).toHaveLength(1);
      }
      const elsewhere = incident("elsewhere", { target, repository: "acme/other" });
      expect(await store.incidents.save({ incident: elsewhere, response, version: 0 })).toBe(true);
    });

    it("a target's next incident may be saved once the last is closed, or by whoever is about to close it", async () => {
      const first = { incident: incident("first"), response, version: 0 };
      const { target } = first.incident;
      const second = { incident: incident("second", { target }), response, version: 0 };
      const third = { incident: incident("third", { target }), response, version: 0 };
      await store.incidents.save(first);
      expect(await store.incidents.save(second)).toBe(false);
      expect(await store.incidents.save(second, { follows: "first" })).toBe(true);
      expect(await store.incidents.save(third, { follows: "first" })).toBe(false);
      const closed = { at: 9, outcome: "recovered", reasons: [] } as const;
      await store.incidents.save({ ...first, response: { ...response, closed }, version: 1 });
      await store.incidents.save({ ...second, response: { ...response, closed }, version: 1 });
      expect(await store.incidents.save(third)).toBe(true);
    });

    it("any text comes back as it was, but for what UTF-8 or the database can't hold", async () => {
      const text = fc.string({ unit: "binary", minLength: 1 }).filter((value) => !value.includes("\0"));
      let run = 0;
      await fc.assert(
        fc.asyncProperty(text, text, async (some, error) => {
          run += 1;
          const key = `${run}/${some}`;
          const { id } = await store.inbox.accept(delivery(key, { body: error }));
          await store.inbox.fail(id, error, undefined);
          expect(await store.inbox.get(id)).toMatchObject({ dedupeKey: key, body: error, error });
        }),
        { numRuns: 50 },
      );
      const odd = { fingerprint: "a\0b", startsAt: 1, status: "firing" } as const;
      await store.inbox.accept(delivery("\0", { sightings: [odd, odd], receivedAt: 7 }));
      expect(await store.inbox.lastNotified({ source: "prod", ...odd })).toBe(7);
      expect(await store.inbox.lastSeen("\0")).toBe(7);
    });
  });
}

/** The part of the store's contract that says what may be forgotten, and what never. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Incident } from "../../src/incidents/incident.ts";
import type { Response } from "../../src/remediation/response.ts";
import type { Store } from "../../src/store/store.ts";
import { delivery, ids, incident, response, shadow, sync } from "./store-fixtures.ts";

const all = { deliveries: 1_000, incidents: 1_000, syncs: 1_000, shadows: 1_000 };
const nothing = { deliveries: 0, sightings: 0, incidents: 0, syncs: 0, shadows: 0 };
const closed = (at: number): Response => ({ ...response, closed: { at, outcome: "recovered", reasons: [] } });

export function retentionContract(name: string, open: () => Promise<Store>): void {
  describe(`${name} keeps the contract of retention`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store.close();
    });

    it("whatever happened to it, a delivery goes only when it is done and was neither received nor repeated since", async () => {
      const fate = fc.record({
        state: fc.constantFrom("pending", "taken", "failed", "parked", "done"),
        receivedAt: fc.integer({ min: 900, max: 1_100 }),
        repeatedAt: fc.option(fc.integer({ min: 900, max: 1_100 })),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(fate, { maxLength: 8 }), fc.uuid(), async (fates, run) => {
          const kept: string[] = [];
          for (const [index, { state, receivedAt, repeatedAt }] of fates.entries()) {
            const given = delivery(`${run}/${index}`, { receivedAt });
            const { id } = await store.inbox.accept(given);
            if (state === "failed") await store.inbox.fail(id, "no", 5_000);
            if (state === "parked") await store.inbox.fail(id, "no", undefined);
            if (state === "done") await store.inbox.done(id, 1);
            if (repeatedAt !== null) await store.inbox.accept({ ...given, receivedAt: repeatedAt });
            if (state !== "done" || Math.max(receivedAt, repeatedAt ?? 0) >= 1_000) kept.push(id);
          }
          await store.prune(all, 1_000);
          const left = (await store.inbox.list({ limit: 1_000 })).filter(({ dedupeKey }) => dedupeKey.startsWith(run));
          expect(left.map(({ id }) => id).toSorted()).toEqual(kept.toSorted());
        }),
        { numRuns: 20 },
      );
    });

    it("a repetition of a delivery that is remembered is a duplicate; of one that is forgotten it is new", async () => {
      await store.inbox.done((await store.inbox.accept(delivery("a", { receivedAt: 900 }))).id, 1);
      await store.prune({ ...all, deliveries: 900 }, 10);
      expect((await store.inbox.accept(delivery("a", { receivedAt: 950 }))).outcome).toBe("duplicate");
      await store.prune({ ...all, deliveries: 951 }, 10);
      expect((await store.inbox.accept(delivery("a"))).outcome).toBe("stored");
    });

    it("closed incidents go, unless they are queued or an alert of theirs is still repeated; open ones stay", async () => {
      const noted = (id: string): Incident => incident(id, { alerts: [alertOf(id)] });
      const save = (what: Incident, how = closed(500)) =>
        store.incidents.save({ incident: what, response: how, version: 0 });
      await save(noted("gone"));
      await save(noted("repeated"));
      await save(noted("queued"));
      await save(noted("young"), closed(1_000));
      await store.incidents.save({ incident: noted("open"), response, version: 0 });
      await store.queue.add("queued", 1);
      for (const [id, receivedAt] of [
        ["gone", 999],
        ["repeated", 1_000],
        ["open", 5],
      ] as const) {
        const { fingerprint, startsAt } = alertOf(id);
        const sightings = [{ fingerprint, startsAt, status: "firing" }] as const;
        await store.inbox.done((await store.inbox.accept(delivery(id, { receivedAt, sightings }))).id, 1);
      }
      expect(await store.prune(all, 100)).toEqual({ ...nothing, deliveries: 2, sightings: 2, incidents: 1 });
      expect(ids(await store.incidents.list(10)).toSorted()).toEqual(["open", "queued", "repeated", "young"]);
      expect(await store.prune(all, 100)).toEqual(nothing);
    });

    it("no more go at once than were allowed", async () => {
      for (let at = 0; at < 5; at += 1) await store.syncs.record(sync({ observedAt: at }));
      expect(await store.prune(all, 3)).toEqual({ ...nothing, syncs: 3 });
      expect(await store.prune(all, 3)).toEqual({ ...nothing, syncs: 2 });
    });

    it("a shadow goes when it was planned before, settled or not", async () => {
      const settled = { comparison: { outcome: "none" }, settledAt: 1_100 } as const;
      for (const [incident, plannedAt] of Object.entries({ old: 999, young: 1_000 })) {
        await store.shadows.add(shadow(incident, { plannedAt }));
        await store.shadows.add(shadow(`${incident} and settled`, { plannedAt, ...settled }));
      }
      expect(await store.prune(all, 1)).toEqual({ ...nothing, shadows: 1 });
      expect(await store.prune(all, 10)).toEqual({ ...nothing, shadows: 1 });
      const left = (await store.shadows.list(10)).map(({ incident }) => incident);
      expect(left).toEqual(["young", "young and settled"]);
    });

    it("settings and what is queued stay", async () => {
      await store.settings.set("k", "1");
      await store.queue.add("a", 1);
      expect(await store.prune(all, 10)).toEqual(nothing);
      expect(await store.settings.get("k")).toBe("1");
      expect(await store.queue.size()).toBe(1);
    });
  });
}

function alertOf(id: string): Incident["alerts"][number] {
  const times = { startsAt: 5, firstSeenAt: 5, lastFiringAt: 5, resolvedAt: undefined };
  return { source: "prod", fingerprint: id, labels: {}, annotations: {}, status: "firing", ...times };
}

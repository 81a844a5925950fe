/** The part of the store's contract that says how records wait for the ledger. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { entryOf } from "../../src/ledger/chain.ts";
import type { Store } from "../../src/store/store.ts";
import { incident, response } from "./store-fixtures.ts";

const entry = (minute: number) =>
  entryOf({
    kind: "opened",
    phase: "result",
    time: `2026-11-28T02:0${minute}:00.000Z`,
    software: "1.0.0",
    actor: { kind: "remit" },
  });

export function outboxContract(name: string, open: () => Promise<Store>): void {
  describe(`${name} keeps the contract of the outbox`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store.close();
    });

    it("records wait in their order, each once, until they are removed", async () => {
      const [a, b, c] = [entry(3), entry(1), entry(2)];
      await store.outbox.add("acme/shop", [a, b]);
      await store.outbox.add("acme/shop", [b, c]);
      await store.outbox.add("acme/other", [a]);
      expect(await store.outbox.waiting("acme/shop", 10)).toEqual([a, b, c]);
      expect(await store.outbox.waiting("acme/shop", 2)).toEqual([a, b]);
      await store.outbox.remove("acme/shop", [a.id, c.id, "unknown"]);
      expect(await store.outbox.waiting("acme/shop", 10)).toEqual([b]);
      expect(await store.outbox.repositories()).toEqual([
        { repository: "acme/other", count: 1 },
        { repository: "acme/shop", count: 1 },
      ]);
    });

    it("what the ledger is to tell is saved with the incident, or not at all", async () => {
      const record = { incident: incident("a"), response, version: 0 };
      expect(await store.incidents.save(record, { entries: [entry(1)] })).toBe(true);
      expect(await store.incidents.save({ ...record, version: 7 }, { entries: [entry(2)] })).toBe(false);
      const full = { changesPerRepository: 0, open: [] };
      expect(await store.incidents.save({ ...record, version: 1 }, { entries: [entry(3)], place: full })).toBe(false);
      expect(await store.incidents.save({ ...record, version: 1 }, { entries: [entry(4)] })).toBe(true);
      expect(await store.outbox.waiting("acme/shop", 10)).toEqual([entry(1), entry(4)]);
    });
  });
}

/** What every store does in a storm: urgent before routine, counts what is sick, and lets no more begin than may. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { IncidentAlert } from "../../src/incidents/incident.ts";
import { incidentQueue } from "../../src/incidents/incident-queue.ts";
import { severities } from "../../src/incidents/severity.ts";
import type { Remediation } from "../../src/remediation/response.ts";
import type { Store } from "../../src/store/store.ts";
import { alert, remediation } from "../support/situation.ts";
import { delivery, ids, incident, response } from "./store-fixtures.ts";

export function stormContract(name: string, open: () => Promise<Store>): void {
  describe(`${name} in a storm`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store.close();
    });

    const anyOrder = fc.array(fc.record({ severity: fc.constantFrom(...severities), at: fc.nat(20) }), {
      maxLength: 12,
    });
    const rank = (severity: (typeof severities)[number]) => severities.indexOf(severity);

    it("of the keys that are due, the most severe is taken first, and of those the one that waits longest", async () => {
      await fc.assert(
        fc.asyncProperty(anyOrder, fc.uuid(), async (items, run) => {
          for (const [index, { severity, at }] of items.entries()) {
            await store.queue.add(`${run}/${index}`, at, undefined, severity);
          }
          const taken: number[] = [];
          for (let item = await store.queue.take(10, 1_000); item; item = await store.queue.take(10, 1_000)) {
            taken.push(Number(item.key.split("/").at(-1)));
            await store.queue.done(item, undefined);
          }
          const due = items.flatMap((item, index) =>
            item.at <= 10 ? [{ ...item, index, key: `${run}/${index}` }] : [],
          );
          const order = due.toSorted(
            (a, b) => rank(a.severity) - rank(b.severity) || a.at - b.at || (a.key < b.key ? -1 : 1),
          );
          expect(taken).toEqual(order.map(({ index }) => index));
          for (let rest = await store.queue.take(20, 1_000); rest; rest = await store.queue.take(20, 1_000)) {
            await store.queue.done(rest, undefined);
          }
        }),
        { numRuns: 20 },
      );
    });

    it("a key keeps its severity when none is named, and takes the one that is", async () => {
      await store.queue.add("slow", 1, undefined, "info");
      await store.queue.add("usual", 2);
      await store.queue.add("slow", 1);
      expect((await store.queue.take(5, 100))?.key).toBe("usual");
      await store.queue.add("later", 3, undefined, "info");
      await store.queue.add("later", 3, undefined, "critical");
      expect((await store.queue.take(5, 100))?.key).toBe("later");
    });

    it("of the deliveries that are due, the most severe is taken first, and of those the oldest", async () => {
      await store.inbox.accept(delivery("routine", { severity: "info" }));
      await store.inbox.accept(delivery("usual"));
      await store.inbox.accept(delivery("urgent", { severity: "critical" }));
      await store.inbox.accept(delivery("urgent too", { severity: "critical" }));
      const order: string[] = [];
      for (let next = await store.inbox.take(200, 50); next; next = await store.inbox.take(200, 50)) {
        order.push(next.dedupeKey);
        await store.inbox.done(next.id, 200);
      }
      expect(order).toEqual(["urgent", "urgent too", "usual", "routine"]);
    });

    it("what waits to be worked off is counted, without what is over", async () => {
      await store.inbox.accept(delivery("a"));
      await store.inbox.accept(delivery("b"));
      await store.inbox.done((await store.inbox.take(200, 50))?.id ?? "", 200);
      expect(await store.inbox.pending()).toBe(1);
    });

    it("the oldest of what waits to be worked off is told by when it arrived", async () => {
      expect(await store.inbox.pendingSince()).toBeUndefined();
      await store.inbox.accept({ ...delivery("a"), receivedAt: 70 });
      await store.inbox.accept({ ...delivery("b"), receivedAt: 50 });
      await store.inbox.accept({ ...delivery("c"), receivedAt: 60 });
      expect(await store.inbox.pendingSince()).toBe(50);
      const [b] = (await store.inbox.list({})).filter(({ dedupeKey }) => dedupeKey === "b");
      await store.inbox.fail(b?.id ?? "", "given up", undefined);
      expect(await store.inbox.pendingSince()).toBe(60);
    });

    const sick = (id: string, service: string, change: Partial<IncidentAlert> = {}) =>
      incident(id, {
        target: { service, environment: id, namespace: undefined },
        alerts: [alert({ lastFiringAt: 100, ...change })],
      });

    it("alerts beyond those that are listed are read as they were saved, of before the lowest class was kept, too", async () => {
      const beyond = { firing: { "3f2a9c1b40de": 5 }, lastFiringAt: 7 };
      const kept = { ...beyond, lowest: { class: "human-only", label: "class: security" } } as const;
      for (const [id, unlisted] of Object.entries({ older: beyond, newer: kept })) {
        await store.incidents.save({ incident: incident(id, { unlisted }), response, version: 0 });
        expect((await store.incidents.get(id))?.incident.unlisted).toEqual(unlisted);
      }
    });

    it("services count as sick once each, while an alert fires that was heard of", async () => {
      const save = async (record: ReturnType<typeof sick>, closed?: "handed-off") =>
        store.incidents.save({
          incident: record,
          response: { ...response, closed: closed && { at: 1, outcome: closed, reasons: [] } },
          version: 0,
        });
      await save(sick("production", "checkout"));
      await save(sick("staging", "checkout"));
      await save(sick("b", "cart"));
      await save(sick("c", "search", { lastFiringAt: 99 }));
      await save(sick("d", "mail", { status: "resolved", resolvedAt: 100 }));
      await save(sick("e", "login"), "handed-off");
      await save({ ...sick("f", "other"), repository: "acme/other" });
      expect(await store.incidents.storm("acme/shop", 100, "b")).toEqual({ sickServices: 2, branchesUnderWay: [] });
    });

    it("the incidents of one queue are found by it", async () => {
      const record = { incident: sick("production", "checkout"), response, version: 0 };
      await store.incidents.save(record);
      await store.incidents.save({ ...record, incident: sick("b", "cart") });
      expect(ids(await store.incidents.openOf(incidentQueue(record.incident)))).toEqual(["production"]);
    });

    const branchOf = (id: string) => `remit/rollback/${id}/3f2a9c1b40de`;
    const begun = (id: string, change: Partial<Remediation> = {}) => ({
      incident: sick(id, id),
      response: { ...response, remediations: [remediation({ branch: branchOf(id), ...change })] },
      version: 0,
    });

    it.each([
      ["begun", {}, 1],
      ["merged and not yet verified", { merged: { at: 1, commit: "c" } }, 1],
      ["failed and about to be undone", { ended: { at: 1, outcome: "failing" } }, 1],
      ["over", { ended: { at: 1, outcome: "recovered" } }, 0],
      ["undone in vain", { kind: "undo", ended: { at: 1, outcome: "failing" } }, 0],
    ] as const)("a change that is %s has a place: %j counts as %i", async (_, change, count) => {
      const reason = { code: "still-failing", message: "it fires" } as const;
      const ended = "ended" in change ? { ...change.ended, reason } : undefined;
      await store.incidents.save(begun("a", { ...change, ended }));
      expect((await store.incidents.storm("acme/shop", 0, "b")).branchesUnderWay).toHaveLength(count);
      expect((await store.incidents.storm("acme/shop", 0, "a")).branchesUnderWay).toEqual([]);
    });

    it("field note S26: of twenty incidents that begin a change at once, five may", async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          store.incidents.save(begun(`i${index}`), { place: { changesPerRepository: 5, open: [] } }),
        ),
      );
      expect(answers.filter(Boolean)).toHaveLength(5);
      const [first] = await store.incidents.open("acme/shop");
      if (first === undefined) throw new Error("nothing was saved");
      const over = { at: 2, outcome: "recovered", reason: { code: "recovered", message: "it works" } } as const;
      const ended = { ...first.response, remediations: [remediation({ ended: over })] };
      expect(await store.incidents.save({ ...first, response: ended })).toBe(true);
      expect(await store.incidents.save(begun("next"), { place: { changesPerRepository: 5, open: [] } })).toBe(true);
      expect(await store.incidents.save(begun("one more"), { place: { changesPerRepository: 5, open: [] } })).toBe(
        false,
      );
    });

    it("what is open on GitHub takes a place beside what is in the store, and once where it is both", async () => {
      const beside = (...open: string[]) => ({ place: { changesPerRepository: 3, open: open.map(branchOf) } });
      expect(await store.incidents.save(begun("a"), beside())).toBe(true);
      expect(await store.incidents.save(begun("b"), beside("forgotten", "lost"))).toBe(false);
      expect(await store.incidents.save(begun("b"), beside("forgotten", "a"))).toBe(true);
    });
  });
}

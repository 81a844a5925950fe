/** The part of the store's contract that says how shadows are kept. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Comparison } from "../../src/remediation/shadow/shadow.ts";
import type { Store } from "../../src/store/store.ts";
import { shadow } from "./store-fixtures.ts";

const change = { commit: "c".repeat(40), at: 700, by: "person" } as const;
const same: Comparison = { outcome: "same", change };

export function shadowContract(name: string, open: () => Promise<Store>): void {
  describe(`${name} keeps the contract of shadows`, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(async () => {
      await store.close();
    });

    it("the first of an incident is kept, as it was", async () => {
      await store.shadows.add(shadow("a"));
      await store.shadows.add(shadow("a", { plannedAt: 200, digest: "other" }));
      expect(await store.shadows.get("a")).toEqual(JSON.parse(JSON.stringify(shadow("a"))));
      expect(await store.shadows.get("b")).toBeUndefined();
    });

    it("those of a repository that aren't settled wait, the oldest plan first", async () => {
      await store.shadows.add(shadow("late", { plannedAt: 300 }));
      await store.shadows.add(shadow("early", { plannedAt: 100 }));
      await store.shadows.add(shadow("elsewhere", { repository: "acme/other" }));
      await store.shadows.add(shadow("settled", { comparison: same, settledAt: 800 }));
      expect((await store.shadows.waiting("acme/shop")).map(({ incident }) => incident)).toEqual(["early", "late"]);
    });

    it("what is settled never changes and never goes before its time; what isn't does", async () => {
      await store.shadows.add(shadow("a"));
      expect(await store.shadows.save(shadow("a", { comparison: { outcome: "other", change } }))).toBe(true);
      expect((await store.shadows.get("a"))?.comparison?.outcome).toBe("other");
      expect(await store.shadows.save(shadow("a", { comparison: same, settledAt: 800 }))).toBe(true);
      expect(await store.shadows.save(shadow("a"))).toBe(false);
      await store.shadows.drop("a");
      expect((await store.shadows.get("a"))?.comparison).toEqual(same);
      await store.shadows.add(shadow("b"));
      await store.shadows.drop("b");
      expect(await store.shadows.get("b")).toBeUndefined();
      expect(await store.shadows.save(shadow("b"))).toBe(false);
    });

    it("results tell what came of each, with the lead over a person, and nothing of what waits or what a program did", async () => {
      const none: Comparison = { outcome: "none", change: { ...change, by: "program" } };
      await store.shadows.add(shadow("waits", { plannedAt: 400, comparison: { outcome: "other", change } }));
      await store.shadows.add(shadow("same", { plannedAt: 300, comparison: same, settledAt: 800 }));
      await store.shadows.add(shadow("none", { plannedAt: 200, comparison: none, settledAt: 800, action: "scale" }));
      await store.shadows.add(shadow("elsewhere", { repository: "acme/other", runbook: "bad-deploy" }));
      const known = { repository: "acme/shop", runbook: "built-in", action: "rollback", leadMs: undefined };
      expect(await store.shadows.results("acme/shop")).toEqual([
        { ...known, incident: "waits", outcome: undefined },
        { ...known, incident: "same", outcome: "same", leadMs: 400 },
        { ...known, incident: "none", outcome: "none", action: "scale" },
      ]);
      expect((await store.shadows.results()).map(({ incident }) => incident)).toEqual([
        "waits",
        "same",
        "none",
        "elsewhere",
      ]);
      expect((await store.shadows.list(2)).map(({ incident }) => incident)).toEqual(["waits", "same"]);
    });
  });
}

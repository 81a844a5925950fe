/** What every store keeps of the way to GitHub, for all replicas. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LaneStore } from "../../src/github/lane-store.ts";
import type { Store } from "../../src/store/store.ts";

export function lanesContract(name: string, open: () => Promise<Pick<Store, "lanes" | "close">>): void {
  describe(`${name} keeps lanes`, () => {
    let store: Pick<Store, "lanes" | "close">;
    let lanes: LaneStore;
    beforeEach(async () => {
      store = await open();
      lanes = store.lanes;
    });
    afterEach(async () => {
      await store.close();
    });

    it("places in line are given once each, as far apart as was asked", async () => {
      expect(await lanes.reserve("a", 100, 1_000)).toBe(100);
      const places = await Promise.all(Array.from({ length: 20 }, () => lanes.reserve("a", 100, 1_000)));
      expect(places.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => 1_100 + index * 1_000));
      expect(await lanes.reserve("a", 90_000, 3_000)).toBe(90_000);
      expect(await lanes.reserve("b", 100, 1_000)).toBe(100);
    });

    it("a pause lasts as long as GitHub says, and doubles where it says nothing, until it answers", async () => {
      expect(await lanes.pausedUntil("a")).toBe(0);
      expect(await lanes.pause("a", 1_000, 5_000)).toBe(6_000);
      expect(await lanes.pausedUntil("a")).toBe(6_000);
      expect(await lanes.reserve("a", 2_000, 1_000)).toBe(6_000);
      await lanes.resume("a");
      expect(await lanes.pause("a", 10_000, undefined)).toBe(70_000);
      // Others that were on their way meet the same limit.
      expect(await lanes.pause("a", 11_000, undefined)).toBe(71_000);
      expect(await lanes.pause("a", 12_000, 1_000)).toBe(71_000);
      expect(await lanes.pause("a", 80_000, undefined)).toBe(200_000);
      expect(await lanes.pausedUntil("b")).toBe(0);
    });
  });
}

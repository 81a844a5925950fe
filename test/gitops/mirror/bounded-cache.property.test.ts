import fc from "fast-check";
import { expect, test } from "vitest";
import { BoundedCache } from "../../../src/gitops/mirror/bounded-cache.ts";

const entry = fc.record({ key: fc.constantFrom("a", "b", "c", "d"), weight: fc.integer({ min: 1, max: 12 }) });

test("a cache never weighs more than it may, and holds what was used last", () => {
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      const cache = new BoundedCache<number>(10);
      for (const { key, weight } of entries) {
        cache.set(key, weight, weight);
        expect(cache.weight).toBeLessThanOrEqual(10);
        expect(cache.get(key)).toBe(weight <= 10 ? weight : undefined);
      }
      const held = ["a", "b", "c", "d"].map((key) => cache.get(key) ?? 0);
      expect(held.reduce((sum, weight) => sum + weight, 0)).toBe(cache.weight);
    }),
  );
});

test("what was asked for last stays, what was asked for first goes", () => {
  const cache = new BoundedCache<string>(2);
  cache.set("a", "A", 1);
  cache.set("b", "B", 1);
  cache.get("a");
  cache.set("c", "C", 1);
  expect(["a", "b", "c"].map((key) => cache.get(key))).toEqual(["A", undefined, "C"]);
});

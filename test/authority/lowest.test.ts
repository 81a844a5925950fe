import fc from "fast-check";
import { expect, test } from "vitest";
import { lowest } from "../../src/authority/lowest.ts";
import { tiers } from "../../src/authority/verdict.ts";

const limits = fc.array(fc.record({ tier: fc.constantFrom(...tiers) }), { minLength: 1 });

test("of several limits the one that allows least counts, and of those that allow as little the first", () => {
  fc.assert(
    fc.property(limits, (given) => {
      const ranks = given.map(({ tier }) => tiers.indexOf(tier));
      expect(lowest(given)).toBe(given[ranks.indexOf(Math.min(...ranks))]);
    }),
  );
});

test("none is no answer", () => {
  expect(() => lowest([])).toThrow(TypeError);
});

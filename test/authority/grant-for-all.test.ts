import { expect, test } from "vitest";
import type { Grant } from "../../src/authority/authority.ts";
import type { Holds } from "../../src/authority/conditions/holds-for.ts";
import { defaultLimits, defaultRequires, defaultVetoWindowMs } from "../../src/authority/defaults.ts";
import { grantForAll } from "../../src/authority/grant-for-all.ts";
import { grant, minute, target } from "./decision.ts";

const cart = { ...target, service: "cart" };
const forCart = (change: Partial<Grant>) =>
  grant({ name: "cart", match: { ...grant().match, services: ["cart"] }, ...change });
const all = (grants: readonly Grant[], targets = [target, cart], holds: Holds = () => true) =>
  grantForAll({ name: "shop", version: 1, grants, barriers: [], freeze: [] }, "rollback", targets, holds);
const granted = (...asked: Parameters<typeof all>) => all(...asked).granted;

test("one target has what its grant says", () => {
  expect(granted([grant(), forCart({ tier: "observe" })], [target])).toMatchObject({
    names: ["checkout-rollback"],
    tier: "merge",
    mode: "enforce",
    failed: [],
  });
});

test("several targets have the strictest of everything", () => {
  const strict = {
    tier: "delay" as const,
    vetoWindowMs: 60 * minute,
    requires: { approvals: 2, permission: "admin" as const, maxAgeMs: 30 * minute },
    limits: { ...grant().limits, files: 1 },
  };
  const short = { approvals: 1, permission: "write" as const, maxAgeMs: minute };
  const both = { ...strict, names: ["cart", "checkout-rollback"], requires: { ...strict.requires, maxAgeMs: minute } };
  expect(granted([forCart(strict), grant({ requires: short })])).toMatchObject(both);
  expect(granted([grant({ ...strict, mode: "warn" }), forCart({ requires: short })])).toMatchObject({
    ...both,
    mode: "warn",
  });
  expect(granted([grant(), grant({ match: forCart({}).match })])?.names).toEqual(["checkout-rollback"]);
});

test("a condition is asked for the target that its grant covers", () => {
  const when = [{ expression: "target.service == 'checkout'", message: "checkout" }];
  const holds: Holds = (_, { service }) => service === "checkout";
  expect(granted([grant({ when }), forCart({})], undefined, holds)).toMatchObject({ tier: "merge", failed: [] });
  expect(granted([grant(), forCart({ when })], undefined, holds)).toMatchObject({ tier: "suggest", failed: when });
});

test("targets without a grant are named, and the defaults count among the terms", () => {
  const loose = {
    vetoWindowMs: minute,
    requires: { approvals: 1, permission: "write" as const, maxAgeMs: 60 * minute },
    limits: { ...grant().limits, files: 99 },
  };
  const lone = all([forCart(loose)]);
  expect(lone).toMatchObject({ granted: { names: ["cart"], ...loose }, uncovered: [target] });
  expect(lone.terms).toEqual({
    vetoWindowMs: defaultVetoWindowMs,
    limits: defaultLimits,
    requires: defaultRequires,
  });
  expect(all([forCart(loose)], [cart])).toMatchObject({ uncovered: [], terms: loose });
});

test("without a policy nothing is granted, and the defaults hold", () => {
  const { granted, uncovered, terms } = grantForAll(undefined, "rollback", [target, cart], () => true);
  expect(granted).toBeUndefined();
  expect(uncovered).toEqual([target, cart]);
  expect(terms.limits).toEqual(defaultLimits);
});

import { expect, test } from "vitest";
import type { Grant } from "../../src/authority/authority.ts";
import { grantForAll } from "../../src/authority/grant-for-all.ts";
import { grant, minute, target } from "./decision.ts";

const cart = { ...target, service: "cart" };
const forCart = (change: Partial<Grant>) =>
  grant({ name: "cart", match: { ...grant().match, services: ["cart"] }, ...change });
const granted = (grants: readonly Grant[], targets = [target, cart], holds = () => true) =>
  grantForAll({ name: "shop", version: 1, grants, barriers: [], freeze: [] }, "rollback", targets, holds);

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

test("a condition that fails for one of them has failed", () => {
  const when = [{ expression: "change.files == 1", message: "one file" }];
  expect(granted([grant(), forCart({ when })], undefined, () => false)).toMatchObject({
    tier: "suggest",
    failed: when,
  });
});

test("nothing is granted where one target has no grant, or there is no target", () => {
  expect(granted([grant()])).toBeUndefined();
  expect(granted([forCart({ mode: "warn" })])).toBeUndefined();
  expect(granted([grant({ tier: "suggest" })])).toBeUndefined();
  expect(granted([])).toBeUndefined();
  expect(granted([grant()], [])).toBeUndefined();
});

test.each<Partial<Grant>>([{ tier: "observe" }, { mode: "audit" }])(
  "a grant of one target that only observes counts beside a target without any: %j",
  (change) => {
    expect(granted([grant(change)])).toMatchObject({ names: ["checkout-rollback"], ...change });
    expect(granted([forCart(change)])).toMatchObject({ names: ["cart"], ...change });
  },
);

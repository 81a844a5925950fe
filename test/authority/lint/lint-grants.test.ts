import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { actionNames } from "../../../src/actions/catalogue.ts";
import type { Authority } from "../../../src/authority/authority.ts";
import { defaultLimits, defaultRequires } from "../../../src/authority/defaults.ts";
import { lintGrants } from "../../../src/authority/lint/lint-grants.ts";
import { matchingGrant } from "../../../src/authority/matching-grant.ts";
import { tiers } from "../../../src/authority/verdict.ts";
import { codes, lint, shop, targetsNamed } from "./lint.ts";

const everything = '{name: everything, match: {actions: ["*"]}, tier: observe}';
const production = "{name: production, match: {environments: [production]}, tier: propose}";

describe("a grant is shadowed", () => {
  test("where a more specific one takes its place for every target that there is", () => {
    const grants = [everything, production, "{name: staging, match: {environments: [staging]}, tier: propose}"];
    expect(lint({ grants }, shop)).toEqual([
      {
        code: "grant-shadowed",
        severity: "error",
        file: "authority.yaml",
        line: 7,
        column: 33,
        what: "grant everything never decides",
        why: "wherever it matches, a more specific grant takes its place: production, staging",
        mend: expect.any(String),
      },
    ]);
    expect(lint({ grants }, undefined)).toEqual([]);
    expect(lint({ grants }, [...shop, ...targetsNamed("web")])).toEqual([]);
  });

  test("whatever the repository has, where the other one names every action that there is", () => {
    const named = actionNames.join(", ");
    const rollback = `{name: rollback, match: {environments: [production], actions: [${named}]}, tier: merge}`;
    expect(lint({ grants: [production, rollback] }, undefined)).toMatchObject([
      { code: "grant-shadowed", what: "grant production never decides" },
    ]);
  });

  test("never by one whose conditions may fail", () => {
    const rollback =
      "{name: rollback, match: {environments: [production], actions: [rollback]}, tier: merge, when: [change.files == 1]}";
    expect(lint({ grants: [production, rollback] }, shop)).toEqual([]);
  });
});

describe("a grant's tier is never reached", () => {
  const checkout = "{name: checkout, match: {services: [checkout]}, tier: merge}";

  test("where a lower one that it doesn't replace holds beside it everywhere", () => {
    const targets = targetsNamed("checkout/production", "cart/production");
    expect(lint({ grants: [checkout, production] }, targets)).toMatchObject([
      { code: "grant-capped", severity: "warning", line: 7, why: expect.stringContaining("production") },
    ]);
    expect(lint({ grants: [checkout, production] }, shop)).toEqual([]);
    expect(lint({ grants: [checkout, production] }, undefined)).toEqual([]);
  });

  test("but it is where a third one takes the lower one's place", () => {
    const both =
      "{name: both, match: {services: [checkout], environments: [production]}, tier: merge, when: [change.files == 1]}";
    expect(codes(lint({ grants: [checkout, production, both] }, targetsNamed("checkout/production")))).toEqual([]);
  });
});

test("a grant matches nothing where no target has all its names, and a name that nothing has is told instead", () => {
  const grant = (service: string) =>
    `{name: checkout, match: {services: [${service}], environments: [staging]}, tier: merge}`;
  expect(lint({ grants: [grant("cart")] }, shop)).toMatchObject([{ code: "grant-matches-nothing", severity: "error" }]);
  expect(codes(lint({ grants: [grant("kart")] }, shop))).toEqual(["name-unknown"]);
  expect(lint({ grants: [grant("cart")] }, undefined)).toEqual([]);
});

const defaultGrant = { mode: "enforce", vetoWindowMs: 0, limits: defaultLimits, requires: defaultRequires } as const;
const selector = (...names: readonly string[]) =>
  fc.oneof(fc.constant(["*"]), fc.subarray([...names], { minLength: 1 }));
const grant = fc.record({
  match: fc.record({
    services: selector("checkout", "cart"),
    environments: selector("production", "staging"),
    namespaces: selector("shop"),
    actions: selector("rollback"),
  }),
  tier: fc.constantFrom(...tiers),
  when: fc.subarray([{ expression: "true", message: "yes" }]),
});
const targets = targetsNamed("checkout/production/shop", "checkout/staging", "cart/production", "cart");

test("no conditions make a grant decide that is called shadowed, or its tier count that is called unreached", () => {
  let told = 0;
  const property = fc.property(fc.array(grant, { maxLength: 6 }), fc.boolean(), (written, holds) => {
    const grants = written.map((each, index) => ({ ...defaultGrant, ...each, name: `g${index}` }));
    const authority: Authority = { name: "shop", version: 1, grants, barriers: [], freeze: [] };
    for (const { code, path } of lintGrants(authority, targets)) {
      const found = grants[Number(path[2])];
      for (const target of targets) {
        const effective = matchingGrant(authority, "rollback", target, () => holds);
        if (found === undefined || effective?.names.includes(found.name) !== true) continue;
        expect(code).not.toBe("grant-shadowed");
        expect(code).not.toBe("grant-matches-nothing");
        if (code === "grant-capped") expect(effective.tier).not.toBe(found.tier);
        told++;
      }
    }
  });
  fc.assert(property, { numRuns: 500 });
  expect(told).toBeGreaterThan(0);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Grant } from "../../src/authority/authority.ts";
import { matchingGrant } from "../../src/authority/matching-grant.ts";
import { type Tier, tiers } from "../../src/authority/verdict.ts";
import { grant, hour, minute, target } from "./decision.ts";

const any = { environments: ["*"], services: ["*"], namespaces: ["*"], actions: ["*"] };
const named = (name: string, tier: Tier, match: Partial<Grant["match"]>) =>
  grant({ name, tier, match: { ...any, ...match } });
const effective = (...grants: readonly Grant[]) =>
  matchingGrant({ name: "p", version: 1, grants, barriers: [], freeze: [] }, "rollback", target);

const anyGrant = fc
  .record({
    name: fc.constantFrom("a", "b", "c"),
    tier: fc.constantFrom(...tiers),
    environments: fc.constantFrom(["production"], ["staging"], ["*"]),
    services: fc.constantFrom(["checkout", "cart"], ["cart"], ["*"]),
    namespaces: fc.constantFrom(["shop"], ["*"]),
    actions: fc.constantFrom(["rollback"], ["*"]),
    cooldownMs: fc.nat(100),
  })
  .map(({ name, tier, cooldownMs, ...match }) =>
    grant({ name, tier, match, limits: { ...grant().limits, cooldownMs } }),
  );

describe("matchingGrant", () => {
  test("a specific grant replaces a general one, though it allows more", () => {
    const specific = named("checkout", "delay", {
      environments: ["production"],
      services: ["checkout"],
      actions: ["rollback"],
    });
    const general = named("production", "propose", { environments: ["production"] });
    expect(effective(general, specific)).toMatchObject({ names: ["checkout"], tier: "delay" });
  });

  test("grants that can't be compared hold together, and the lowest tier counts", () => {
    const service = named("service", "merge", { services: ["checkout"], actions: ["rollback"] });
    const environment = named("environment", "suggest", { environments: ["production"] });
    expect(effective(service, environment)).toMatchObject({ names: ["environment", "service"], tier: "suggest" });
  });

  test("of grants that hold together, the strictest of everything counts", () => {
    const a = grant({
      limits: { ...grant().limits, cooldownMs: minute, perTarget: [{ count: 1, windowMs: hour }], files: 1, lines: 9 },
      vetoWindowMs: 9,
    });
    const b = grant({
      limits: {
        ...grant().limits,
        cooldownMs: hour,
        perTarget: [{ count: 3, windowMs: 9 * hour }],
        files: 2,
        lines: 5,
      },
      requires: { approvals: 2, permission: "maintain", maxAgeMs: 60_000 },
    });
    expect(effective(a, b)).toMatchObject({
      limits: {
        cooldownMs: hour,
        perTarget: [
          { count: 1, windowMs: hour },
          { count: 3, windowMs: 9 * hour },
        ],
        files: 1,
        lines: 5,
      },
      requires: { approvals: 2, permission: "maintain", maxAgeMs: 60_000 },
      vetoWindowMs: 5 * minute,
    });
  });

  test("adding a grant that isn't more specific raises nothing and loosens no limit", () => {
    fc.assert(
      fc.property(fc.array(anyGrant, { maxLength: 4 }), anyGrant, (grants, added) => {
        const before = effective(...grants);
        const after = effective(...grants, added);
        if (before === undefined || after === undefined) return;
        const specificity = (one: Grant) => Object.values(one.match).filter((names) => !names.includes("*")).length;
        if (grants.some((one) => specificity(one) < specificity(added))) return;
        expect(tiers.indexOf(after.tier)).toBeLessThanOrEqual(tiers.indexOf(before.tier));
        expect(after.limits.cooldownMs).toBeGreaterThanOrEqual(before.limits.cooldownMs);
      }),
    );
  });

  test("the order in the file means nothing", () => {
    fc.assert(
      fc.property(fc.array(anyGrant, { maxLength: 5 }), (grants) => {
        expect(effective(...grants.toReversed())).toEqual(effective(...grants));
      }),
    );
  });

  test.each([
    ["another environment", { environments: ["staging"] }],
    ["another service", { services: ["checkout-api"] }],
    ["another action", { actions: ["scale"] }],
    ["other spelling", { services: ["Checkout"] }],
    ["nothing", { services: [] }],
  ])("a grant for %s doesn't match", (_, match) => {
    expect(effective(named("x", "merge", match))).toBeUndefined();
  });

  test("a target without an environment is matched only where any environment is", () => {
    const nowhere = { ...target, environment: undefined };
    const of = (match: Partial<Grant["match"]>) =>
      matchingGrant(
        { name: "p", version: 1, grants: [named("x", "merge", match)], barriers: [], freeze: [] },
        "rollback",
        nowhere,
      )?.tier;
    expect(of({ environments: ["production"] })).toBeUndefined();
    expect(of({})).toBe("merge");
  });
});

describe("conditions that fail", () => {
  const asks = (...expressions: readonly string[]) =>
    expressions.map((expression) => ({ expression, message: expression }));
  const failing = (grants: readonly Grant[], ...fail: readonly string[]) => {
    const authority = { name: "shop", version: 1, grants, barriers: [], freeze: [] };
    return matchingGrant(authority, "rollback", target, ({ expression }) => !fail.includes(expression));
  };
  const specific = grant({ name: "specific", tier: "delay", when: asks("a", "b") });
  const general = grant({ name: "general", tier: "merge", match: { ...specific.match, services: ["*"] } });

  test("of the last grant, suggest is what is left", () => {
    expect(failing([specific], "a")).toMatchObject({ tier: "suggest", failed: asks("a") });
    expect(failing([specific], "a", "b")?.failed).toEqual(asks("a", "b"));
    expect(failing([grant({ tier: "observe", when: asks("a") })], "a")?.tier).toBe("observe");
  });

  test("bring the general grant in, and the lowest of both counts", () => {
    expect(failing([specific, general])?.names).toEqual(["specific"]);
    expect(failing([specific, general], "a")).toMatchObject({ names: ["general", "specific"], tier: "delay" });
  });

  test("aren't asked where nobody says whether they hold", () => {
    const authority = { name: "shop", version: 1, grants: [specific], barriers: [], freeze: [] };
    expect(matchingGrant(authority, "rollback", target)).toMatchObject({ tier: "delay", failed: [] });
  });
});

test("of grants that hold together, the lowest mode counts", () => {
  expect(effective(grant({ mode: "enforce" }), grant({ mode: "warn" }))?.mode).toBe("warn");
  expect(effective(grant({ mode: "warn" }), grant({ mode: "audit" }), grant({ mode: "enforce" }))?.mode).toBe("audit");
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Grant, modes, renderingModes } from "../../src/authority/authority.ts";
import type { Condition } from "../../src/authority/conditions/condition.ts";
import { matchingGrant } from "../../src/authority/matching-grant.ts";
import { type Tier, tiers } from "../../src/authority/verdict.ts";
import { grant, hour, minute, target } from "./decision.ts";

const any = { environments: ["*"], services: ["*"], namespaces: ["*"], actions: ["*"] };
const named = (name: string, tier: Tier, match: Partial<Grant["match"]>) =>
  grant({ name, tier, match: { ...any, ...match } });
const effective = (grants: readonly Grant[], holds?: (condition: Condition) => boolean) =>
  matchingGrant({ name: "p", version: 1, grants, barriers: [], freeze: [] }, "rollback", target, holds);
const permissions = ["write", "maintain", "admin"] as const;
const dimensions = ["environments", "services", "namespaces", "actions"] as const;

const rate = fc.record({ count: fc.integer({ min: 1, max: 4 }), windowMs: fc.constantFrom(minute, hour, 24 * hour) });
const rates = fc.array(rate, { minLength: 1, maxLength: 2 });
const small = fc.integer({ min: 1, max: 4 });
const anyLimits = fc.record({
  ...{ cooldownMs: fc.nat(4), perTarget: rates, perService: rates, perRepository: rates, perInstallation: rates },
  ...{ attempts: small, files: small, lines: small, targets: small, replicas: small, resources: small },
  rendering: fc.constantFrom(...renderingModes),
});
const asked: readonly Condition[] = ["a", "b"].map((expression) => ({ expression, message: expression }));
const anyGrant = fc
  .record({
    tier: fc.constantFrom(...tiers),
    mode: fc.constantFrom(...modes),
    vetoWindowMs: fc.nat(4),
    limits: anyLimits,
    requires: fc.record({ approvals: small, permission: fc.constantFrom(...permissions), maxAgeMs: small }),
    when: fc.subarray([...asked]),
    environments: fc.constantFrom(["production"], ["staging"], ["*"]),
    services: fc.constantFrom(["checkout", "cart"], ["cart"], ["*"]),
    namespaces: fc.constantFrom(["shop"], ["*"]),
    actions: fc.constantFrom(["rollback"], ["*"]),
  })
  .map(({ environments, services, namespaces, actions, ...rest }) =>
    grant({ ...rest, match: { environments, services, namespaces, actions } }),
  );
/** Each has a name of its own, by which it is known among those that decide. */
const anyGrants = fc
  .array(anyGrant, { maxLength: 4 })
  .map((grants) => grants.map((each, index) => ({ ...each, name: `grant-${index}` })));
const anyHolds = fc.subarray(["a", "b"]).map((held) => (condition: Condition) => held.includes(condition.expression));

type Terms = Pick<Grant, "tier" | "mode" | "vetoWindowMs" | "limits" | "requires">;

/** In every single thing that a grant may say. */
function expectNoLooser(strict: Terms, loose: Terms): void {
  expect(tiers.indexOf(strict.tier)).toBeLessThanOrEqual(tiers.indexOf(loose.tier));
  expect(modes.indexOf(strict.mode)).toBeLessThanOrEqual(modes.indexOf(loose.mode));
  expect(strict.vetoWindowMs).toBeGreaterThanOrEqual(loose.vetoWindowMs);
  const { cooldownMs, perTarget, perService, perRepository, perInstallation, rendering, ...counts } = strict.limits;
  expect(renderingModes.indexOf(rendering)).toBeGreaterThanOrEqual(renderingModes.indexOf(loose.limits.rendering));
  expect(cooldownMs).toBeGreaterThanOrEqual(loose.limits.cooldownMs);
  for (const [key, count] of Object.entries(counts)) {
    expect(count).toBeLessThanOrEqual(loose.limits[key as keyof typeof counts]);
  }
  for (const [key, own] of Object.entries({ perTarget, perService, perRepository, perInstallation })) {
    for (const { count, windowMs } of loose.limits[key as "perTarget"])
      expect(own.some((each) => each.count <= count && each.windowMs >= windowMs)).toBe(true);
  }
  expect(strict.requires.approvals).toBeGreaterThanOrEqual(loose.requires.approvals);
  expect(permissions.indexOf(strict.requires.permission)).toBeGreaterThanOrEqual(
    permissions.indexOf(loose.requires.permission),
  );
  expect(strict.requires.maxAgeMs).toBeLessThanOrEqual(loose.requires.maxAgeMs);
}

describe("matchingGrant", () => {
  test("a specific grant replaces a general one, though it allows more", () => {
    const specific = named("checkout", "delay", {
      environments: ["production"],
      services: ["checkout"],
      actions: ["rollback"],
    });
    const general = named("production", "propose", { environments: ["production"] });
    expect(effective([general, specific])).toMatchObject({ names: ["checkout"], tier: "delay" });
  });

  test("grants that can't be compared hold together, and the lowest tier counts", () => {
    const service = named("service", "merge", { services: ["checkout"], actions: ["rollback"] });
    const environment = named("environment", "suggest", { environments: ["production"] });
    expect(effective([service, environment])).toMatchObject({ names: ["environment", "service"], tier: "suggest" });
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
    expect(effective([a, b])).toMatchObject({
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

  test("adding a grant never lowers another's limits: every grant that still decides holds in everything", () => {
    let stayed = 0;
    fc.assert(
      fc.property(anyGrants, anyGrant, anyHolds, (grants, drawn, holds) => {
        const added = { ...drawn, name: "added" };
        const before = effective(grants, holds);
        const after = effective([...grants, added], holds);
        if (before === undefined) return;
        if (after === undefined) throw new Error("what matched matches still");
        const still = before.names.filter((name) => after.names.includes(name));
        for (const each of grants.filter(({ name }) => still.includes(name))) expectNoLooser(after, each);
        // Where none was replaced, nothing at all is looser. Only what no condition allowed before may be granted by the new one.
        const tier = grants.some(({ name, when }) => still.includes(name) && when.every(holds)) ? before.tier : "merge";
        if (still.length === before.names.length) expectNoLooser(after, { ...before, tier });
        stayed += still.length;
      }),
      { numRuns: 2_000 },
    );
    expect(stayed).toBeGreaterThan(100);
  });

  test("another grant is replaced only by one that is more specific and whose conditions hold", () => {
    let replaced = 0;
    fc.assert(
      fc.property(anyGrants, anyGrant, anyHolds, (grants, drawn, holds) => {
        const added = { ...drawn, name: "added" };
        const before = effective(grants, holds)?.names ?? [];
        const after = effective([...grants, added], holds)?.names ?? [];
        for (const { match } of grants.filter(({ name }) => before.includes(name) && !after.includes(name))) {
          const named = (of: Grant["match"]) => dimensions.filter((key) => !of[key].includes("*"));
          expect(named(added.match)).toEqual(expect.arrayContaining(named(match)));
          expect(named(added.match).length).toBeGreaterThan(named(match).length);
          expect(added.when.every(holds)).toBe(true);
          expect(after).toContain("added");
          replaced += 1;
        }
        for (const name of after) expect([...before, "added"]).toContain(name);
      }),
      { numRuns: 2_000 },
    );
    expect(replaced).toBeGreaterThan(20);
  });

  test("the order in the file means nothing", () => {
    fc.assert(
      fc.property(anyGrants, anyHolds, (grants, holds) => {
        expect(effective(grants.toReversed(), holds)).toEqual(effective(grants, holds));
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
    expect(effective([named("x", "merge", match)])).toBeUndefined();
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
  expect(effective([grant({ mode: "enforce" }), grant({ mode: "warn" })])?.mode).toBe("warn");
  expect(effective([grant({ mode: "warn" }), grant({ mode: "audit" }), grant({ mode: "enforce" })])?.mode).toBe(
    "audit",
  );
});

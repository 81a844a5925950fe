/** Against the decisions themselves: what doesn't raise decides nothing higher. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Grant } from "../../../src/authority/authority.ts";
import { decide } from "../../../src/authority/decide.ts";
import { defaultLimits } from "../../../src/authority/defaults.ts";
import { raisesAuthority } from "../../../src/authority/signing/raises-authority.ts";
import { tiers } from "../../../src/authority/verdict.ts";
import { candidate, decideInput, grant, hour, minute, now, record } from "../decision.ts";

const selector = (...names: readonly string[]) =>
  fc.oneof(fc.constant(["*"]), fc.subarray([...names], { minLength: 1 }));
const condition = fc.constantFrom("change.files == 1", "evidence.sources >= 2");
const anyGrant: fc.Arbitrary<Grant> = fc
  .record({
    match: fc.record({
      services: selector("checkout", "cart"),
      environments: selector("production", "staging"),
      namespaces: selector("shop"),
      actions: fc.constantFrom(["*"], ["rollback"]),
    }),
    tier: fc.constantFrom(...tiers, "delay" as const, "delay" as const),
    mode: fc.constantFrom("audit" as const, "warn" as const, "enforce" as const, "enforce" as const),
    cooldownMs: fc.constantFrom(0, 30 * minute, 2 * hour),
    perTarget: fc.constantFrom(1, 2, 3),
    vetoWindowMs: fc.constantFrom(5 * minute, hour),
    requires: fc.record({
      approvals: fc.constantFrom(1, 2),
      permission: fc.constantFrom("write" as const, "admin" as const),
      maxAgeMs: fc.constantFrom(10 * minute, 30 * minute),
    }),
    when: fc.array(
      condition.map((expression) => ({ expression, message: expression })),
      { maxLength: 1 },
    ),
  })
  .map(({ cooldownMs, perTarget, ...change }) =>
    grant({
      ...change,
      limits: { ...defaultLimits, targets: 2, cooldownMs, perTarget: [{ count: perTarget, windowMs: 24 * hour }] },
    }),
  );

function pick(from: Grant, keys: readonly (keyof Grant)[]): Partial<Grant> {
  return Object.fromEntries(keys.map((key) => [key, from[key]]));
}

test("what doesn't raise decides no change of one or two targets higher, sooner or with fewer people than before", () => {
  let lowered = 0;
  const deny = {
    kind: "deny" as const,
    schedule: "0 0 * * *",
    durationMs: 24 * hour,
    timeZone: "UTC",
    match: { environments: ["production"], services: ["*"], namespaces: ["*"], actions: ["*"] },
    reason: undefined,
  };
  const authority = fc.record({
    grants: fc.array(anyGrant, { maxLength: 3 }),
    freeze: fc.subarray([deny]),
  });
  const place = fc.record({
    service: fc.constantFrom("checkout", "cart", "other"),
    environment: fc.constantFrom("production", "staging", undefined),
    namespace: fc.constantFrom("shop", undefined),
  });
  const places = fc.tuple(place, place);
  // Lowered a little, or something else altogether.
  const pair = authority.chain((before) =>
    fc.tuple(
      fc.constant(before),
      fc.oneof(
        authority,
        fc.tuple(fc.subarray(before.grants), anyGrant, fc.boolean()).map(([some, more, add]) => ({
          ...before,
          grants: add ? [...some, more] : some,
        })),
        fc
          .tuple(fc.nat(), anyGrant, fc.subarray(["tier", "vetoWindowMs", "requires"] as const))
          .map(([at, other, keys]) => ({
            ...before,
            grants: before.grants.map((each, index) =>
              index === at % before.grants.length ? { ...each, ...pick(other, keys) } : each,
            ),
          })),
      ),
    ),
  );
  const property = fc.property(pair, places, fc.nat({ max: 3 }), ([old, young], targets, past) => {
    const [before, after] = [old, young].map((each) => ({ name: "shop", version: 1, barriers: [], ...each }));
    if (before === undefined || after === undefined || raisesAuthority(before, after)) return;
    lowered++;
    const records = Array.from({ length: past }, (_, index) => record((index + 1) * hour));
    const [was, is] = [before, after].map((each) =>
      decide(
        decideInput({
          candidate: { ...candidate({ target: targets[0], action: "rollback" }), targets },
          authority: { kind: "present", authority: each, digest: "0", revision: "b".repeat(40) },
          records,
          now,
        }),
      ),
    );
    if (was === undefined || is === undefined) throw new Error("nothing decided");
    expect(tiers.indexOf(is.tier)).toBeLessThanOrEqual(tiers.indexOf(was.tier));
    if (was.tier === "delay" && is.tier === "delay") expect(is.vetoWindowMs).toBeGreaterThanOrEqual(was.vetoWindowMs);
    if (is.tier === "observe" || is.tier === "suggest") return;
    expect(is.approvals.count).toBeGreaterThanOrEqual(was.approvals.count);
    expect(is.approvals.maxAgeMs).toBeLessThanOrEqual(was.approvals.maxAgeMs);
    if (was.approvals.permission === "admin") expect(is.approvals.permission).toBe("admin");
  });
  fc.assert(property, { numRuns: 1_500 });
  expect(lowered).toBeGreaterThan(200);
}, 120_000);

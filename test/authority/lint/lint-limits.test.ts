import fc from "fast-check";
import { expect, test } from "vitest";
import type { Limits } from "../../../src/authority/authority.ts";
import { defaultLimits } from "../../../src/authority/defaults.ts";
import { limitOperands } from "../../../src/authority/limit-operands.ts";
import { lintLimits } from "../../../src/authority/lint/lint-limits.ts";
import { minimumTier } from "../../../src/authority/minimum-tier.ts";
import type { PastRemediation } from "../../../src/authority/past-remediation.ts";
import { lint } from "./lint.ts";

const found = (limits: string, tier = "merge") =>
  lint({ grants: [`{name: g, match: {services: [checkout]}, tier: ${tier}, limits: {${limits}}}`] }, undefined).map(
    ({ code, what, why }) => `${code}: ${what}: ${why}`,
  );

test.each([
  [
    "perTarget: 3/24h",
    "perTarget 3/24h of grant g never binds: perService 2/24h, the default, is always reached no later",
  ],
  ["perTarget: 2/24h, perService: 2/2d", "perTarget 2/24h of grant g never binds: perService 2/2d is always"],
  ["perService: [2/24h, 3/12h]", "perService 3/12h of grant g never binds: perService 2/24h is always"],
  ["perRepository: [2/24h, 2/24h]", "perRepository 2/24h of grant g never binds: perRepository 2/24h is always"],
  [
    "perInstallation: 30/24h",
    "perInstallation 30/24h of grant g never binds: perInstallation 20/24h, which always holds, is",
  ],
  ["cooldown: 30m, perService: 1/24h", "cooldown 30m of grant g never binds: perService 1/24h allows no second change"],
  ["files: 20, lines: 20", "files 20 of grant g never binds: a change of more files than that has more than 20 lines"],
])("limits %j never bind: %s", (limits, expected) => {
  expect(found(limits)).toEqual([expect.stringContaining(`limit-never-binds: ${expected}`)]);
});

test.each([
  // What holds anyway, written down.
  "perTarget: 2/24h, cooldown: 30m, files: 3",
  "perService: [2/24h, 1/12h]",
  "perTarget: 1/24h, cooldown: 0s",
  "cooldown: 2h, perTarget: 1/1h",
  "perRepository: [4/1h, 12/24h], perInstallation: 15/24h",
  "attempts: 1, files: 19, lines: 20",
])("limits %j all may bind", (limits) => {
  expect(found(limits)).toEqual([]);
});

test("what asks for a review says nothing where a review is the most that is granted", () => {
  const keys = (tier: string, more: string) =>
    lint({ grants: [`{name: g, match: {services: [checkout]}, tier: ${tier}, ${more}}`] }, undefined).map(
      ({ what, severity }) => `${severity} ${what}`,
    );
  const all =
    "vetoWindow: 10m, requires: {approvals: 2}, limits: {cooldown: 1h, files: 1, attempts: 1, rendering: required}";
  const told = (...names: readonly string[]) => names.map((name) => `warning ${name} of grant g never binds`);
  expect(keys("merge", all)).toEqual([]);
  expect(keys("delay", all)).toEqual([]);
  expect(keys("propose", all)).toEqual(told("vetoWindow", "limits.cooldown", "limits.files", "limits.rendering"));
  expect(keys("suggest", all)).toEqual(
    told("vetoWindow", "requires", "limits.cooldown", "limits.files", "limits.attempts", "limits.rendering"),
  );
});

const hour = 60 * 60_000;
const rate = fc.record({
  count: fc.integer({ min: 1, max: 3 }),
  windowMs: fc.integer({ min: 1, max: 6 }).map((n) => n * hour),
});
const rates = fc.array(rate, { minLength: 1, maxLength: 2 });
const limits: fc.Arbitrary<Limits> = fc
  .record({
    cooldownMs: fc.integer({ min: 1, max: 6 }).map((n) => n * hour),
    perTarget: rates,
    perService: rates,
    perRepository: rates,
  })
  .map((some) => ({ ...defaultLimits, ...some }));
const records = fc.array(
  fc.record({
    at: fc.integer({ min: -8 * hour, max: 0 }),
    incident: fc.constantFrom("a", "b"),
    target: fc.constantFrom("checkout/production", "checkout/staging", "cart/production"),
  }),
  { maxLength: 8 },
);
const target = { service: "checkout", environment: "production", namespace: undefined };

test("taking out a limit that never binds changes no decision", () => {
  const tierOf = (past: readonly PastRemediation[], counted: Limits) => {
    const candidate = { action: "rollback", target, files: [], confidence: 1, risks: [] };
    const input = { candidate, records: past, incident: undefined, attempts: 0, kind: "fix", now: 0 } as const;
    return minimumTier(limitOperands(input, counted).map(({ tier }) => tier));
  };
  let idle = 0;
  const property = fc.property(limits, records, (written, past) => {
    const grant = { name: "g", match: { environments: ["*"], services: ["*"], namespaces: ["*"], actions: ["*"] } };
    const requires = { approvals: 1, permission: "write", maxAgeMs: hour } as const;
    const whole = {
      ...grant,
      tier: "merge",
      mode: "enforce",
      vetoWindowMs: 0,
      limits: written,
      requires,
      when: [],
    } as const;
    const authority = { name: "shop", version: 1, grants: [whole], barriers: [], freeze: [] };
    const all = { isWritten: () => true, placeOf: () => ({ line: 1, column: 1 }) };
    // One at a time, as a person would.
    for (const { path } of lintLimits(authority, all)) {
      const [key, index = 0] = path.slice(4);
      if (key === "files") continue;
      const without =
        key === "cooldown" ? { cooldownMs: 0 } : { [String(key)]: dropped(written, String(key), Number(index)) };
      expect(tierOf(past, { ...written, ...without })).toBe(tierOf(past, written));
      idle++;
    }
  });
  fc.assert(property, { numRuns: 2_000 });
  expect(idle).toBeGreaterThan(100);
});

/** One that is far away stands in for a list's only rate. */
function dropped(written: Limits, key: string, place: number) {
  const list =
    key === "perTarget" ? written.perTarget : key === "perService" ? written.perService : written.perRepository;
  return [...list.filter((_, index) => index !== place), { count: 999, windowMs: hour }];
}

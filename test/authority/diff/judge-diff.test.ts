import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultLimits } from "../../../src/authority/defaults.ts";
import type { DiffClassification } from "../../../src/authority/diff/diff-change.ts";
import { judgeDiff } from "../../../src/authority/diff/judge-diff.ts";
import { matchingGrant } from "../../../src/authority/matching-grant.ts";
import { type Tier, tiers } from "../../../src/authority/verdict.ts";
import type { Reason } from "../../../src/reason.ts";
import { grant, policy, target } from "../decision.ts";
import { everything, judged, operand, setting, staging } from "./judged.ts";

const reasons = (code: Reason["code"]) => fc.array(fc.constant<Reason>({ code, message: "why" }), { maxLength: 2 });
const anyClassification: fc.Arbitrary<DiffClassification> = fc.record({
  changes: fc.constant([]),
  files: fc.integer({ min: 0, max: 6 }),
  lines: fc.integer({ min: 0, max: 40 }),
  denied: reasons("path-denied"),
  unclear: reasons("layout-changed"),
  hazards: reasons("field-immutable"),
  targets: fc.constantFrom([target], [target, { ...target, environment: "staging" }]),
});
const anyGrants = fc.array(
  fc.record({ tier: fc.constantFrom(...tiers), environments: fc.constantFrom(["*"], ["production"], ["staging"]) }),
  { maxLength: 4 },
);
const rank = (tier: Tier) => tiers.indexOf(tier);

test("for any diff whatsoever, the gate never exceeds what is granted on each target, nor what is known of the diff", () => {
  fc.assert(
    fc.property(anyClassification, anyGrants, (classification, drawn) => {
      const grants = drawn.map(({ tier, environments }, index) => {
        const match = { ...grant().match, environments };
        return grant({ name: `grant-${index}`, tier, match });
      });
      const authority = policy(grants);
      if (authority.kind !== "present") throw new Error("a policy is present");
      const { tier, conclusion } = judgeDiff({ classification, authority, doubts: [] });
      for (const each of classification.targets) {
        const granted = matchingGrant(authority.authority, "rollback", each)?.tier ?? "suggest";
        expect(rank(tier)).toBeLessThanOrEqual(rank(granted));
      }
      if (classification.denied.length > 0) expect(tier).toBe("observe");
      if (classification.unclear.length + classification.hazards.length > 0)
        expect(rank(tier)).toBeLessThanOrEqual(rank("propose"));
      expect(conclusion).toBe(rank(tier) < rank("propose") ? "failure" : "success");
    }),
    { numRuns: 500 },
  );
});

test("a change that nothing speaks against is granted, with everything told that was looked at", () => {
  expect(judged({})).toEqual({
    tier: "merge",
    conclusion: "success",
    check: "success",
    title: "granted",
    operands: [
      {
        name: "policy",
        tier: "merge",
        reason: { code: "within-limits", message: "policy payments, version 14, at bbbbbbbbbbbb" },
      },
      { name: "path", tier: "merge", reason: { code: "within-limits", message: "no denied path" } },
      {
        name: "grant",
        tier: "merge",
        reason: { code: "grant", message: "checkout/production: merge by checkout-rollback" },
      },
      {
        name: "size",
        tier: "merge",
        reason: { code: "within-limits", message: "1 of 3 files, 1 of 20 lines and 1 of 1 targets" },
      },
      {
        name: "diff",
        tier: "merge",
        reason: { code: "within-limits", message: "every change is known for what it is" },
      },
      {
        name: "rollback",
        tier: "merge",
        reason: { code: "within-limits", message: "taking it back brings back what was" },
      },
    ],
    rollback: { safe: "yes", reasons: [] },
    policy: { digest: "0123456789ab", revision: "b".repeat(40), version: 14 },
  });
});

describe("the grants", () => {
  test.each([
    ["audit", "observe", "checkout/production: merge by checkout-rollback, and in mode audit that is only recorded"],
    ["warn", "propose", "checkout/production: merge by checkout-rollback, and in mode warn that is proposed at most"],
  ] as const)("that are in mode %s are told with what they would have allowed", (mode, tier, message) => {
    const verdict = judged({}, policy([grant({ mode })]));
    expect(verdict.tier).toBe(tier);
    expect(operand(verdict, "grant")).toEqual([{ name: "grant", tier, reason: { code: "mode", message } }]);
  });

  test("that grant less than their mode allows still grant no more", () => {
    const verdict = judged({}, policy([grant({ mode: "warn", tier: "suggest" })]));
    expect(operand(verdict, "grant")).toMatchObject([{ tier: "suggest", reason: { code: "mode" } }]);
  });

  const when = [{ expression: "incident.alerts > 1", message: "two alerts" }];
  const general = grant({ name: "general", match: { ...grant().match, services: ["*"] } });
  const scaling = { match: { ...grant().match, actions: ["scale"] } };
  test.each([
    ["observe", "grant", [grant({ ...scaling, tier: "observe" })]],
    ["suggest", "grant", [grant({ when }), general, grant({ ...scaling, tier: "suggest" })]],
    ["propose", "condition-false", [grant({ when }), general, grant({ ...scaling, tier: "merge" })]],
    ["propose", "condition-false", [grant({ when }), general, grant({ ...scaling, tier: "propose" })]],
    ["suggest", "no-grant", [grant()]],
    ["suggest", "no-grant", [grant({ tier: "suggest" })]],
  ] as const)("of every action that a change may come from count, the least of them: %s (%s)", (tier, code, grants) => {
    const verdict = judged({ changes: [setting("replicas", "2", "3")] }, policy(grants));
    expect(verdict.tier).toBe(tier);
    expect(operand(verdict, "grant").map(({ reason }) => reason.code)).toEqual([code]);
  });

  test("are told by what is missing where several allow as little", () => {
    const [told] = operand(judged({}, policy([grant({ when }), general])), "grant");
    expect(told?.reason.message).toBe(
      "checkout/production: merge by checkout-rollback and general, which rests on an incident",
    );
    const [missing] = operand(judged({}, policy([])), "grant");
    expect(missing?.reason.message).toBe("no grant covers every action on checkout/production");
  });

  test("of every target count", () => {
    const verdict = judged(
      { targets: [target, staging] },
      policy([grant({ limits: { ...defaultLimits, targets: 2 } })]),
    );
    expect(verdict.tier).toBe("suggest");
    expect(operand(verdict, "grant").map(({ tier }) => tier)).toEqual(["merge", "suggest"]);
  });
});

describe("the size", () => {
  test.each([
    ["as many files as granted", { files: 3 }, "merge"],
    ["more files", { files: 4 }, "propose"],
    ["as many lines as granted", { lines: 20 }, "merge"],
    ["more lines", { lines: 21 }, "propose"],
    ["more targets", { targets: [target, staging] }, "propose"],
    ["nothing at all", { files: 0, lines: 0 }, "propose"],
  ] as const)("%s: %s", (_, change, tier) => {
    const verdict = judged(change);
    expect(verdict.tier).toBe(tier);
    expect(operand(verdict, "size")).toMatchObject([
      { tier, reason: { code: tier === "merge" ? "within-limits" : "change-too-large" } },
    ]);
  });

  const wide = { ...defaultLimits, targets: 2, lines: 100 };
  test("is held to what is granted, and to the strictest of it where several targets change", () => {
    expect(
      judged({ targets: [target, staging], lines: 99 }, policy([grant({ ...everything, limits: wide })])).tier,
    ).toBe("merge");
    const grants = [
      grant({ limits: wide }),
      grant({ match: { ...everything.match, environments: ["staging"] }, limits: { ...wide, lines: 50 } }),
    ];
    const verdict = judged({ targets: [target, staging], lines: 51 }, policy(grants));
    expect(operand(verdict, "size")[0]?.reason.message).toBe(
      "1 of 3 files, 51 of 50 lines and 2 of 2 targets: more than granted",
    );
  });

  test("is held to the defaults where nothing is granted", () => {
    const change = { lines: 21, changes: [setting("replicas", "2", "3")] };
    expect(operand(judged(change, policy([grant({ limits: wide })])), "size")[0]?.tier).toBe("propose");
    expect(operand(judged(change, { kind: "missing", revision: "b" }), "size")[0]?.tier).toBe("propose");
  });
});

test("a policy that asks for changes that were rendered leaves this one to a person, unless the gate was asked to render", () => {
  const limits = { ...defaultLimits, rendering: "required" } as const;
  const verdict = judged({}, policy([grant({ ...everything, limits })]));
  expect(verdict.tier).toBe("propose");
  expect(operand(verdict, "render")).toEqual([
    {
      name: "render",
      tier: "propose",
      reason: { code: "not-rendered", message: "it wasn't rendered: nobody asked the gate to" },
    },
  ]);
});

describe("a number", () => {
  test.each([
    ["replicas", "2", "3", "merge"],
    ["replicas", "2", "4", "propose"],
    ["replicas", "4", "2", "merge"],
    ["replicas", "'2'", "'3'", "merge"],
    ["resource", '"500m"', '"1"', "merge"],
    ["resource", "256Mi", "1Gi", "propose"],
    ["resource", "256Mi", "lots", "propose"],
    ["resource", '"500m"', 'v"1"', "propose"],
    ["resource", '"500m"', '"1"m', "propose"],
    ["image-tag", "v2", "v9", "merge"],
  ] as const)("of role %s goes from %s to %s only as far at once as a step is granted: %s", (role, from, to, tier) => {
    const verdict = judged({ changes: [setting(role, from, to)] });
    expect(verdict.tier).toBe(tier);
    expect(verdict.operands.some(({ reason }) => reason.code === "step-too-large")).toBe(tier === "propose");
    expect(operand(verdict, "step")).toHaveLength(role === "image-tag" ? 0 : 1);
  });

  test("that comes or goes is no step", () => {
    for (const change of [setting("replicas", undefined, "9"), setting("replicas", "9", undefined)])
      expect(operand(judged({ changes: [change] }), "step")).toEqual([]);
  });
});

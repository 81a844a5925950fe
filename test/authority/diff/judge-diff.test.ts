import fc from "fast-check";
import { expect, test } from "vitest";
import type { DiffClassification } from "../../../src/authority/diff/diff-change.ts";
import { judgeDiff } from "../../../src/authority/diff/judge-diff.ts";
import { matchingGrant } from "../../../src/authority/matching-grant.ts";
import { type Tier, tiers } from "../../../src/authority/verdict.ts";
import type { Reason } from "../../../src/reason.ts";
import { grant, policy, target } from "../decision.ts";

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

test.each([
  ["audit", "observe", "checkout/production: merge by checkout-rollback, and in mode audit that is only recorded"],
  ["warn", "propose", "checkout/production: merge by checkout-rollback, and in mode warn that is proposed at most"],
] as const)("the gate says what a grant in mode %s would have allowed", (mode, tier, message) => {
  const fine = { changes: [], files: 1, lines: 1, denied: [], unclear: [], hazards: [], targets: [target] };
  const verdict = judgeDiff({ classification: fine, authority: policy([grant({ mode })]), doubts: [] });
  expect(verdict.tier).toBe(tier);
  expect(verdict.operands).toContainEqual({ name: "grant", tier, reason: { code: "mode", message } });
});

const when = [{ expression: "incident.alerts > 1", message: "two alerts" }];
const general = grant({ name: "general", match: { ...grant().match, services: ["*"] } });
const scaling = { match: { ...grant().match, actions: ["scale"] } };
test.each([
  ["observe", "grant", [grant({ ...scaling, tier: "observe" })]],
  ["suggest", "grant", [grant({ when }), general, grant({ ...scaling, tier: "suggest" })]],
  ["propose", "condition-false", [grant({ when }), general, grant({ ...scaling, tier: "merge" })]],
  ["suggest", "no-grant", [grant()]],
] as const)("of the actions that a change may come from, the least counts: %s (%s)", (tier, code, grants) => {
  const replicas = { role: "replicas", kind: "value-set", file: "a.yaml", path: ["spec", "replicas"] } as const;
  const change = { ...replicas, line: 1, object: undefined, from: "2", to: "3", targets: [target] };
  const fine = { changes: [change], files: 1, lines: 1, denied: [], unclear: [], hazards: [], targets: [target] };
  const verdict = judgeDiff({ classification: fine, authority: policy(grants), doubts: [] });
  expect(verdict.tier).toBe(tier);
  expect(verdict.operands.find(({ name }) => name === "grant")?.reason.code).toBe(code);
});

test.each([
  ["replicas", "2", "3", "merge"],
  ["replicas", "2", "4", "propose"],
  ["replicas", "4", "2", "merge"],
  ["resource", '"500m"', '"1"', "merge"],
  ["resource", "256Mi", "1Gi", "propose"],
  ["resource", "256Mi", "lots", "propose"],
  ["image-tag", "v2", "v9", "merge"],
] as const)("a %s goes from %s to %s only as far at once as a step is granted: %s", (role, from, to, tier) => {
  const change = {
    kind: "value-set",
    file: "a.yaml",
    path: ["spec"],
    line: 1,
    object: undefined,
    targets: [target],
  } as const;
  const changes = [{ ...change, role, from, to }];
  const classification = { changes, files: 1, lines: 1, denied: [], unclear: [], hazards: [], targets: [target] };
  const any = grant({ match: { ...grant().match, actions: ["*"] } });
  const verdict = judgeDiff({ classification, authority: policy([any]), doubts: [] });
  expect(verdict.tier).toBe(tier);
  expect(verdict.operands.some(({ reason }) => reason.code === "step-too-large")).toBe(tier === "propose");
});

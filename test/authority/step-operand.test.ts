import { expect, test } from "vitest";
import { defaultLimits } from "../../src/authority/defaults.ts";
import { parseAuthority } from "../../src/authority/parse-authority.ts";
import { stepOperands } from "../../src/authority/step-operand.ts";
import { strictestLimits } from "../../src/authority/strictest-limits.ts";
import type { FieldRole } from "../../src/gitops/catalogue/catalogue.ts";
import { candidate, path } from "./decision.ts";

const step = (action: "scale" | "resize" | "rollback", role: FieldRole, before: string, after: string) =>
  stepOperands({ action, effects: [{ role, before, after }] }, defaultLimits)[0]?.reason.code;

test.each([
  ["1", "2", "within-limits"],
  ["1", "3", "step-too-large"],
  ["0", "1", "within-limits"],
  ["0", "2", "step-too-large"],
  ["5", "7", "within-limits"],
  ["5", "8", "step-too-large"],
  ["8", "2", "within-limits"],
  ["many", "2", "step-too-large"],
  ["2", "many", "step-too-large"],
])("replicas from %s to %s: %s", (before, after, expected) => {
  expect(step("scale", "replicas", before, after)).toBe(expected);
});

test.each([
  ["512Mi", "1Gi", "within-limits"],
  ["512Mi", "1025Mi", "step-too-large"],
  ["500m", "1", "within-limits"],
  ["500m", "1001m", "step-too-large"],
])("resources from %s to %s: %s", (before, after, expected) => {
  expect(step("resize", "resource", before, after)).toBe(expected);
});

test("other fields, and what a rollback restores, have no step", () => {
  expect(step("scale", "flag", "false", "true")).toBe("within-limits");
  expect(step("rollback", "replicas", "1", "9")).toBeUndefined();
});

test("what goes too far is proposed", () => {
  const effects = [
    { file: path, document: 0, path: ["x"], line: 1, role: "replicas", before: "2", after: "9" },
  ] as const;
  expect(stepOperands({ ...candidate(), action: "scale", effects }, defaultLimits)[0]).toEqual({
    name: "step",
    tier: "propose",
    reason: { code: "step-too-large", message: "from 2 to 9 is more than the granted 50 % at once" },
  });
});

test("of memory it is the percentage of resources that is told", () => {
  const effects = [{ role: "resource" as const, before: "512Mi", after: "2Gi" }];
  expect(stepOperands({ action: "resize", effects }, defaultLimits)[0]?.reason.message).toBe(
    "from 512Mi to 2Gi is more than the granted 100 % at once",
  );
});

test("a policy says it in percent, and the strictest counts", () => {
  const policy = (limits: string) =>
    parseAuthority(
      `apiVersion: remit.dev/v1alpha1\nkind: Authority\nmetadata: {name: a}\nspec:\n  version: 1\n  grants:\n    - {name: a, match: {services: [a]}, tier: merge, limits: {${limits}}}\n`,
      "authority.yaml",
    );
  expect(policy("replicas: 20%, resources: 300%").authority?.grants[0]?.limits).toMatchObject({
    replicas: 20,
    resources: 300,
  });
  for (const wrong of ["0%", "901%", "20", "x%"]) expect(policy(`replicas: ${wrong}`).mistakes).toHaveLength(1);
  const each = [
    { ...defaultLimits, replicas: 20 },
    { ...defaultLimits, resources: 30 },
  ];
  expect(strictestLimits(each)).toMatchObject({ replicas: 20, resources: 30 });
});

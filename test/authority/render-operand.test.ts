import { expect, test } from "vitest";
import { decide } from "../../src/authority/decide.ts";
import { defaultLimits } from "../../src/authority/defaults.ts";
import { parseAuthority } from "../../src/authority/parse-authority.ts";
import { renderOperands } from "../../src/authority/render-operand.ts";
import { strictestLimits } from "../../src/authority/strictest-limits.ts";
import { candidate, decideInput } from "./decision.ts";

const required = { ...defaultLimits, rendering: "required" } as const;
const rendered = { kind: "rendered", by: ["kustomize v5.5.0"], effects: [] } as const;

function decided(limits: string, change: Partial<ReturnType<typeof candidate>>, when = "") {
  const { authority } = parseAuthority(
    `apiVersion: remit.dev/v1alpha1\nkind: Authority\nmetadata: {name: a}\nspec:\n  version: 1\n  grants:\n    - {name: a, match: {actions: ["*"]}, tier: merge, limits: {${limits}}${when}}\n`,
    "authority.yaml",
  );
  if (authority === undefined) throw new Error("no policy");
  const present = { kind: "present", authority, digest: "d", revision: "a".repeat(40) } as const;
  return decide(decideInput({ authority: present, candidate: candidate(change) }));
}

test("a policy that asks for it lets only what was rendered go by itself", () => {
  expect(decided("rendering: required", { rendered }).tier).toBe("merge");
  const unrendered = { kind: "not-rendered", why: "apps/checkout: no kustomize 5 is at hand" } as const;
  const verdict = decided("rendering: required", { rendered: unrendered });
  expect(verdict.tier).toBe("propose");
  expect(verdict.operands).toContainEqual({
    name: "render",
    tier: "propose",
    reason: { code: "not-rendered", message: "it wasn't rendered: apps/checkout: no kustomize 5 is at hand" },
  });
  expect(decided("rendering: required", {}).tier).toBe("propose");
});

test("one that doesn't isn't told", () => {
  expect(decided("rendering: optional", {}).tier).toBe("merge");
  expect(decided("", {}).operands.map(({ name }) => name)).not.toContain("render");
  expect(renderOperands({}, defaultLimits)).toEqual([]);
});

test("objects that are applied as they are written need no renderer", () => {
  expect(renderOperands({ rendered: { ...rendered, by: [] } }, required)).toEqual([
    {
      name: "render",
      tier: "merge",
      reason: { code: "within-limits", message: "applied as it is written, and as declared" },
    },
  ]);
  expect(renderOperands({ rendered }, required)).toMatchObject([
    { reason: { message: "rendered by kustomize v5.5.0, and as declared" } },
  ]);
});

test("of several limits the one that asks counts, and a word that isn't known refuses the file", () => {
  expect(strictestLimits([defaultLimits, required]).rendering).toBe("required");
  expect(strictestLimits([defaultLimits, defaultLimits]).rendering).toBe("optional");
  expect(() => decided("rendering: always", {})).toThrow("no policy");
});

test("a condition may ask for it, too", () => {
  expect(decided("", { rendered }, ", when: [change.rendered]").tier).toBe("merge");
  expect(decided("", {}, ", when: ['!change.rendered']").tier).toBe("merge");
  expect(decided("", {}, ", when: [change.rendered]").tier).toBe("suggest");
});

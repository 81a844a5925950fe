import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesGlob } from "../../../src/gitops/catalogue/matches-glob.ts";

const text = fc.stringMatching(/^[ab/]{0,8}$/);
const glob = fc.stringMatching(/^[ab/*?]{0,6}$/);

test("a pattern matches what the same expression matches", () => {
  fc.assert(
    fc.property(glob, text, fc.constantFrom("part" as const, "any" as const), (pattern, path, star) => {
      const [many, one] = star === "any" ? [".*", "."] : ["[^/]*", "[^/]"];
      const source = pattern.replace(/[*?]/g, (sign) => (sign === "*" ? many : one));
      expect(matchesGlob(pattern, path, star)).toBe(new RegExp(`^${source}$`).test(path));
    }),
    { numRuns: 2000 },
  );
});

test("many stars end", () => {
  expect(matchesGlob("*a".repeat(2_000), "a".repeat(4_000), "any")).toBe(true);
  expect(matchesGlob(`${"*a".repeat(2_000)}b`, "a".repeat(4_000), "any")).toBe(false);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import type { FieldPath, Scope } from "../../../src/gitops/catalogue/catalogue.ts";
import { outermost } from "../../../src/gitops/catalogue/outermost.ts";

const scope: fc.Arbitrary<Scope> = fc.record({
  file: fc.constantFrom("a.yaml", "b.yaml"),
  document: fc.nat({ max: 1 }),
  path: fc.array(fc.constantFrom("a", "0", 0, 1), { maxLength: 3 }),
});

function startsWith(path: FieldPath, outer: FieldPath): boolean {
  return outer.length <= path.length && outer.every((step, at) => step === path[at]);
}

function covers(outer: Scope, inner: Scope): boolean {
  return outer.file === inner.file && outer.document === inner.document && startsWith(inner.path, outer.path);
}

test("the outermost parts cover all parts, and none of them another one", () => {
  fc.assert(
    fc.property(fc.array(scope, { maxLength: 12 }), (scopes) => {
      const kept = outermost(scopes);
      for (const each of scopes) expect(kept.filter((outer) => covers(outer, each))).toHaveLength(1);
      for (const each of kept) expect(scopes).toContain(each);
    }),
    { numRuns: 500 },
  );
});

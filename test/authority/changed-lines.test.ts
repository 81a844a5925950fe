import fc from "fast-check";
import { expect, test } from "vitest";
import { changedLines, commonEnds } from "../../src/authority/changed-lines.ts";

test.each([
  ["a\nb\nc", "a\nB\nc", 1],
  ["a\nb\nc", "A\nb\nC", 2],
  ["a\nb\nc", "a\nc", 1],
  ["a\nc", "a\nb\nb\nc", 2],
  ["a", "a", 0],
  ["", "a", 1],
  ["", "a\nb\n", 2],
  ["a\nb\nc\nd", "x\ny", 4],
  ["a\na", "a", 1],
  ["a\na\na", "a\na", 1],
  ["a\nb\na", "a\na", 1],
])("from %j to %j a person looks at %i lines", (before, after, count) => {
  expect(changedLines(before, after)).toBe(count);
  expect(changedLines(after, before)).toBe(count);
});

test.each([
  [["a", "b", "c"], ["a", "x", "c"], { start: 1, end: 1 }],
  [["a", "b"], ["a", "b"], { start: 2, end: 0 }],
  [["a", "b"], ["a", "b", "c"], { start: 2, end: 0 }],
  [["a", "b", "c"], ["b", "c"], { start: 0, end: 2 }],
  [["a", "a"], ["a", "a", "a"], { start: 2, end: 0 }],
  [["a", "a", "b"], ["a", "b"], { start: 1, end: 1 }],
  [["b"], ["a", "b"], { start: 0, end: 1 }],
  [[], ["a"], { start: 0, end: 0 }],
])("%j and %j have their ends in common: %j", (a, b, ends) => {
  expect(commonEnds(a, b)).toEqual(ends);
});

/** Longest common subsequence, slowly. */
function inCommon(a: readonly string[], b: readonly string[]): number {
  const [first, ...rest] = a;
  const [other, ...others] = b;
  if (first === undefined || other === undefined) return 0;
  if (first === other) return 1 + inCommon(rest, others);
  return Math.max(inCommon(rest, b), inCommon(a, others));
}

test("never fewer lines than anybody could show as removed or added, and none only for the same text", () => {
  const lines = fc.array(fc.constantFrom("a", "b"), { minLength: 1, maxLength: 7 });
  fc.assert(
    fc.property(lines, lines, (a, b) => {
      const counted = changedLines(a.join("\n"), b.join("\n"));
      const least = Math.max(a.length, b.length) - inCommon(a, b);
      expect(counted).toBeGreaterThanOrEqual(least);
      expect(counted).toBeLessThanOrEqual(Math.max(a.length, b.length));
      expect(counted === 0).toBe(a.join("\n") === b.join("\n"));
    }),
  );
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineDiff } from "../../../src/gitops/edit/line-diff.ts";

/** Few different lines, so that most of them come several times. */
const lines = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 12 });

describe("what differs between two texts", () => {
  test("the parts put into the text before give the text after, with a line that stays between any two of them", () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const result: string[] = [];
        let from = 0;
        for (const [index, hunk] of lineDiff(before, after).entries()) {
          if (index > 0) expect(hunk.beforeStart).toBeGreaterThan(from);
          result.push(...before.slice(from, hunk.beforeStart), ...after.slice(hunk.afterStart, hunk.afterEnd));
          from = hunk.beforeEnd;
        }
        expect([...result, ...before.slice(from)]).toEqual(after);
      }),
    );
  });

  test("as many lines stay as can", () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const gone = lineDiff(before, after).reduce(
          (sum, { beforeStart, beforeEnd }) => sum + beforeEnd - beforeStart,
          0,
        );
        expect(before.length - gone).toBe(mostInCommon(before, after));
      }),
    );
  });

  test("of two equal lines the later one is the one that came", () => {
    expect(lineDiff(["x", "a", "y"], ["x", "a", "a", "z"])).toEqual([
      { beforeStart: 2, beforeEnd: 3, afterStart: 2, afterEnd: 4 },
    ]);
  });

  test("changes that are thousands of lines apart are told apart", () => {
    const before = Array.from({ length: 9_000 }, (_, index) => `  key-${index % 40}: ${index % 7}`);
    const after = before.toSpliced(8_500, 1, "  enabled: false").toSpliced(300, 0, "  paused: true");
    expect(lineDiff(before, after)).toEqual([
      { beforeStart: 300, beforeEnd: 300, afterStart: 300, afterEnd: 301 },
      { beforeStart: 8_500, beforeEnd: 8_501, afterStart: 8_501, afterEnd: 8_502 },
    ]);
  });

  test("texts that have next to nothing in common differ in one part", () => {
    const text = (word: string) =>
      Array.from({ length: 2_000 }, (_, index) => (index % 200 === 9 ? "same" : `${word} ${index}`));
    const [before, after] = [
      ["a", ...text("left"), "b"],
      ["c", ...text("right"), "d"],
    ];
    expect(lineDiff(before, after)).toEqual([{ beforeStart: 0, beforeEnd: 2_002, afterStart: 0, afterEnd: 2_002 }]);
  });
});

function mostInCommon(a: readonly string[], b: readonly string[]): number {
  const [first, ...rest] = a;
  if (first === undefined || b.length === 0) return 0;
  const at = b.indexOf(first);
  const without = mostInCommon(rest, b);
  return at < 0 ? without : Math.max(without, 1 + mostInCommon(rest, b.slice(at + 1)));
}

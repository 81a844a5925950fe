import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineDiff, splitLines } from "../../../src/gitops/edit/line-diff.ts";
import { revertText } from "../../../src/gitops/edit/revert-text.ts";

const anyLine = fc.constantFrom("a: 1\n", "b: 2\r\n", "- c\n", "\n", "# {{ d }}\n", "e=5\n");
const anyText = fc
  .tuple(fc.array(anyLine, { maxLength: 14 }), fc.constantFrom("", "last line", "x: 1\r"))
  .map(([lines, last]) => lines.join("") + last);

describe("lineDiff", () => {
  test("the hunks turn one text into the other, and nothing outside of them differs", () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const [old, fresh] = [splitLines(before), splitLines(after)];
        expect(old.join("")).toBe(before);
        const built: string[] = [];
        let [from, next] = [0, 0];
        for (const hunk of lineDiff(old, fresh)) {
          expect(old.slice(from, hunk.beforeStart)).toEqual(fresh.slice(next, hunk.afterStart));
          built.push(...old.slice(from, hunk.beforeStart), ...fresh.slice(hunk.afterStart, hunk.afterEnd));
          [from, next] = [hunk.beforeEnd, hunk.afterEnd];
        }
        expect([...built, ...old.slice(from)].join("")).toBe(after);
      }),
    );
  });

  test("the same text has no hunk", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(lineDiff(splitLines(text), splitLines(text))).toEqual([]);
      }),
    );
  });
});

describe("revertText", () => {
  test("a change that nothing came after is taken back to the byte", () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        expect(revertText({ before, after }, after)).toEqual({ outcome: "reverted", text: before });
      }),
    );
  });

  test("what was taken back can be put forward again, and gives the same text", () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (before, after, current) => {
        const back = revertText({ before, after }, current);
        if (back.outcome === "refused" || back.text === current) return;
        const forth = revertText({ before: after, after: before }, back.text);
        if (forth.outcome === "reverted") expect(forth.text).toBe(current);
      }),
    );
  });

  test("later changes in other places stay, whatever they are", () => {
    const fence = Array.from({ length: 4 }, (_, index) => `fence ${index}\n`).join("");
    fc.assert(
      fc.property(anyText, anyText, anyText, anyText, (before, after, later, laterStill) => {
        const lines = (text: string) => (text === "" || text.endsWith("\n") ? text : `${text}\n`);
        const [b, a, l, m] = [before, after, later, laterStill].map(lines);
        const current = `${a}${fence}${m}`;
        expect(revertText({ before: `${b}${fence}${l}`, after: `${a}${fence}${l}` }, current)).toEqual({
          outcome: "reverted",
          text: `${b}${fence}${m}`,
        });
      }),
    );
  });

  test("lines that were changed again, and lines beside them, are refused", () => {
    const change = { before: "a: 1\nb: 1\nc: 1\n", after: "a: 1\nb: 2\nc: 1\n" };
    for (const current of ["a: 1\nb: 3\nc: 1\n", "a: 1\nb: 2\nc: 9\n", "a: 9\nb: 2\nc: 1\n", "a: 1\nc: 1\n"])
      expect(revertText(change, current)).toMatchObject({ outcome: "refused", reason: { code: "value-drifted" } });
  });

  test("a file that was added goes away, one that was deleted comes back, and one that changed since is refused", () => {
    expect(revertText({ before: undefined, after: "a\n" }, "a\n")).toEqual({ outcome: "reverted", text: undefined });
    expect(revertText({ before: "a\n", after: undefined }, undefined)).toEqual({ outcome: "reverted", text: "a\n" });
    expect(revertText({ before: undefined, after: "a\n" }, "a\nb\n")).toMatchObject({ outcome: "refused" });
    expect(revertText({ before: "a\n", after: undefined }, "c\n")).toMatchObject({ outcome: "refused" });
  });
});

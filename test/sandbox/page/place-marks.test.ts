import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeMarks } from "../../../src/sandbox/page/place-marks.ts";

const plot = { left: 50, right: 950, top: 74 };
const mark = (at: number, label: string) => ({ at, label, tone: "plain" as const });

const place = (ats: readonly number[], label: string) =>
  placeMarks(
    ats.map((at) => mark(at, label)),
    (at) => at,
    plot,
  );

describe("the chart's marks", () => {
  test("labels stay inside the plot, and no two in one lane touch while a lane is free", () => {
    const times = fc.array(fc.integer({ min: 50, max: 950 }), { maxLength: 3 });
    fc.assert(
      fc.property(times, (ats) => {
        const placed = place(ats, "v1.5.0 deployed");
        for (const [index, one] of placed.entries()) {
          expect(one.left).toBeGreaterThanOrEqual(plot.left);
          expect(one.left + one.width).toBeLessThanOrEqual(plot.right);
          expect(one.top + one.height).toBeLessThanOrEqual(plot.top);
          for (const other of placed.slice(index + 1)) {
            const apart = one.top !== other.top || other.left > one.left + one.width;
            expect(apart).toBe(true);
          }
        }
      }),
    );
  });

  test("a label covers the lines that pass it: what is drawn later stands lower", () => {
    const times = fc.array(fc.integer({ min: 50, max: 950 }), { maxLength: 12 });
    fc.assert(
      fc.property(times, (ats) => {
        const tops = place(ats, "pull request #4").map(({ top }) => top);
        expect(tops).toEqual(tops.toSorted((a, b) => a - b));
      }),
    );
  });

  test("capital letters get more room than small ones", () => {
    const [small, capital] = ["express", "EXPRESS"].map((label) => place([500], label)[0]);
    expect(capital?.width).toBeGreaterThan(small?.width ?? 0);
  });

  test("each line stands where its moment was, wherever its label went", () => {
    const placed = placeMarks([mark(50, "deployed"), mark(52, "alert")], (at) => at, plot);
    expect(placed.map((one) => one.x)).toEqual([50, 52]);
  });
});

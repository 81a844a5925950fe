import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BacktestResult } from "../../src/backtest/backtest-case.ts";
import { calibrate } from "../../src/backtest/calibrate.ts";
import { wilson } from "../../src/backtest/wilson.ts";

const result = (verdict: "exact" | "near" | "wrong" | "abstained" | "failed", confidence: number): BacktestResult => ({
  kind: "rollback",
  verdict,
  confidence,
  rollback: "a",
  culprit: "b",
  before: "c",
  named: true,
  extent: "whole",
  culpritFirst: true,
  at: 0,
  target: undefined,
  reasons: [],
  milliseconds: 1,
  failure: undefined,
});

describe("Wilson's interval", () => {
  it("holds the share, stays within 0 and 1, and narrows with more cases", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat({ max: 500 }), (whole, some) => {
        const part = some % (whole + 1);
        const { share = Number.NaN, low, high } = wilson(part, whole);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(share);
        expect(share).toBeLessThanOrEqual(high);
        expect(high).toBeLessThanOrEqual(1);
        const more = wilson(part * 10, whole * 10);
        expect(more.high - more.low).toBeLessThan(high - low);
      }),
    );
  });

  it.each([
    [10, 10, 0.7225, 1],
    [0, 10, 0, 0.2775],
    [5, 10, 0.2366, 0.7634],
    [41, 42, 0.8768, 0.9958],
  ])("of %i of %i is what statistics books say", (part, whole, low, high) => {
    expect(wilson(part, whole).low).toBeCloseTo(low, 3);
    expect(wilson(part, whole).high).toBeCloseTo(high, 3);
  });

  it("of nothing says nothing", () => {
    expect(wilson(0, 0)).toEqual({ part: 0, whole: 0, share: undefined, low: 0, high: 1 });
  });
});

describe("calibration", () => {
  it("puts each proposal into one band, and no abstention into any", () => {
    const verdict = fc.constantFrom("exact", "near", "wrong", "abstained", "failed");
    const results = fc.array(fc.tuple(verdict, fc.double({ min: 0, max: 1, noNaN: true })));
    fc.assert(
      fc.property(results, (list) => {
        const bands = calibrate(list.map(([of, confidence]) => result(of, confidence)));
        const proposals = list.filter(([of]) => of !== "abstained" && of !== "failed");
        expect(bands.reduce((sum, { right }) => sum + right.whole, 0)).toBe(proposals.length);
        expect(bands.reduce((sum, { right }) => sum + right.part, 0)).toBe(
          proposals.filter(([of]) => of === "exact").length,
        );
      }),
    );
  });

  it("counts an intervention at a quiet moment as wrong", () => {
    const quiet: BacktestResult = {
      kind: "quiet",
      verdict: "intervened",
      confidence: 1,
      before: "c",
      at: 0,
      target: undefined,
      reasons: [],
      milliseconds: 1,
      failure: undefined,
    };
    expect(calibrate([quiet, result("exact", 0.97)])).toEqual([{ from: 0.95, to: 1, right: wilson(1, 2) }]);
  });
});

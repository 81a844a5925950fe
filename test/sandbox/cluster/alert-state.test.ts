import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AlertState, nextAlertState } from "../../../src/sandbox/cluster/alert-state.ts";

const rule = { threshold: 0.05, forMs: 1_000 };

function run(values: readonly (number | undefined)[], stepMs = 250): AlertState[] {
  let state: AlertState = { kind: "inactive" };
  return values.map((value, index) => {
    state = nextAlertState(state, rule, value, index * stepMs);
    return state;
  });
}

describe("an alerting rule", () => {
  test("never fires before the breach has held without a gap for as long as the rule says", () => {
    const value = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(value, { maxLength: 40 }), (values) => {
        for (const [index, state] of run(values).entries()) {
          if (state.kind !== "firing") continue;
          const held = values.slice(state.firedAt / 250 - 4, index + 1);
          expect(held.every((one) => one !== undefined && one > rule.threshold)).toBe(true);
        }
      }),
    );
  });

  test("fires once the breach has held, and keeps the moment at which it did", () => {
    const states = run([0, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6]);
    expect(states.map((state) => state.kind)).toEqual([
      "inactive",
      "pending",
      "pending",
      "pending",
      "pending",
      "firing",
      "firing",
    ]);
    expect(states.at(-1)).toEqual({ kind: "firing", firedAt: 1_250 });
  });

  test("resolves at the first look without a breach, and when the series vanish", () => {
    for (const end of [0.05, undefined]) {
      expect(run([0.6, 0.6, 0.6, 0.6, 0.6, end]).at(-1)).toEqual({
        kind: "inactive",
        resolved: { firedAt: 1_000, at: 1_250 },
      });
    }
  });

  test("a pending alert that recovers is forgotten without a resolution", () => {
    expect(run([0.6, 0]).at(-1)).toEqual({ kind: "inactive" });
  });
});

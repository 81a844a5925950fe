import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jumpClock } from "../../../src/sandbox/demo/jump-clock.ts";

const steps = fc.array(fc.record({ waits: fc.nat(1_000), jumps: fc.nat(1_000_000) }), { maxLength: 6 });

/** Waits and jumps; answers each moment as the clock told it, and as one that never jumps tells it. */
function walk(path: readonly { readonly waits: number; readonly jumps: number }[]) {
  let real = 0;
  const clock = jumpClock({ now: () => real });
  const moments = path.flatMap(({ waits, jumps }) => {
    real += waits;
    const before = { at: clock.now(), real };
    clock.jump(jumps);
    return [before, { at: clock.now(), real }];
  });
  return { clock, moments };
}

describe("a clock that can be put forward", () => {
  test("is later by what it was put forward, and never goes back", () => {
    fc.assert(
      fc.property(steps, (path) => {
        const { clock, moments } = walk(path);
        const sum = path.reduce((all, { waits, jumps }) => all + waits + jumps, 0);
        expect(clock.now()).toBe(sum);
        for (const [index, { at }] of moments.entries()) expect(at).toBeGreaterThanOrEqual(moments[index - 1]?.at ?? 0);
      }),
    );
  });

  test("tells of each moment when it was on a clock that never jumped", () => {
    fc.assert(
      fc.property(steps, (path) => {
        const { clock, moments } = walk(path);
        for (const { at, real } of moments) expect(clock.unjumped(at)).toBe(real);
      }),
    );
  });

  test("puts what lies in a jump where the jump began", () => {
    const clock = jumpClock({ now: () => 10 });
    clock.jump(1_000);
    expect([9, 10, 500, 1_010, 1_020].map(clock.unjumped)).toEqual([9, 10, 10, 10, 20]);
  });
});

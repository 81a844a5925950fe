import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wrongClock } from "../../src/github/wrong-clock.ts";

const now = Date.parse("2026-11-20T10:00:00Z");
const header = (ms: number) => new Date(ms).toUTCString();

describe("the machine's clock", () => {
  it("may be up to a minute from GitHub's, however long the answer was on its way", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -59_000, max: 59_000 }),
        fc.integer({ min: 0, max: 25_000 }),
        fc.integer({ min: 0, max: 25_000 }),
        (offMs, thereMs, backMs) => {
          const sentAt = now + offMs;
          expect(wrongClock(header(now + thereMs), sentAt, sentAt + thereMs + backMs)).toBeUndefined();
        },
      ),
    );
  });

  it.each([62_000, 5 * 3_600_000, -62_000, -5 * 3_600_000])(
    "that is off by more (%i ms) is told, with how far",
    (aheadMs) => {
      expect(wrongClock(header(now), now + aheadMs, now + aheadMs)).toEqual({ at: now, aheadMs });
    },
  );

  it.each([undefined, "", "yesterday"])("isn't doubted for an answer that says %j as its time", (date) => {
    expect(wrongClock(date, now, now)).toBeUndefined();
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkClock } from "../../src/github/check-clock.ts";

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
          checkClock(header(now + thereMs), sentAt, sentAt + thereMs + backMs);
        },
      ),
    );
  });

  it.each([
    ["ahead of", 62_000],
    ["ahead of", 5 * 3_600_000],
    ["behind", -62_000],
    ["behind", -5 * 3_600_000],
  ])("that is %s GitHub's by more (%i ms) stops everything, and says so", (how, offMs) => {
    const asked = () => checkClock(header(now), now + offMs, now + offMs);
    expect(asked).toThrow(expect.objectContaining({ code: "clock-wrong", message: expect.stringContaining(how) }));
  });

  it.each([undefined, "", "yesterday"])("isn't doubted for an answer that says %j as its time", (date) => {
    expect(() => checkClock(date, now, now)).not.toThrow();
  });
});

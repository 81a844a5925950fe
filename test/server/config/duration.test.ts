import fc from "fast-check";
import { expect, it } from "vitest";
import { formatDuration, parseDuration } from "../../../src/server/config/duration.ts";

it("every duration survives being written and read", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 10 ** 12 }), (ms) => parseDuration(formatDuration(ms)) === ms));
});

it.each([
  ["500ms", 500],
  ["30s", 30_000],
  ["15m", 900_000],
  ["1h30m", 5_400_000],
  ["7d", 604_800_000],
  ["1m1ms", 60_001],
])("%s is %i milliseconds", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

it.each(["", "0s", "15", "-1m", "1.5h", "1 h", "30m1h", "1m1m", "1h ", "1y", "99999999999s", "m"])(
  "%j is no duration",
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);

import fc from "fast-check";
import { expect, test } from "vitest";
import { formatDuration, parseAMinuteOrMore, parseDuration } from "../../src/authority/duration.ts";

test.each([
  ["1s", 1_000],
  ["90s", 90_000],
  ["99999s", 99_999_000],
  ["30m", 1_800_000],
  ["9999m", 599_940_000],
  ["1h", 3_600_000],
  ["99h", 356_400_000],
  ["159h", 572_400_000],
  ["168h", 604_800_000],
  ["1d", 86_400_000],
  ["7d", 604_800_000],
  ["0s", 0],
  ["0m", 0],
  ["0h", 0],
  ["0d", 0],
])("the duration %j is %s ms", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each([
  ...["8d", "0d0", "10d", "169h", "170h", "200h", "1000h", "10000m", "100000s", "01h", "00s", "1.5h", "-1h"],
  ...[" 1h", "1h ", "1h\n", "1H", "1h30m", "5", "h", "", "1w"],
])("%j is no duration", (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test.each([
  ["60s", 60_000],
  ["1m", 60_000],
  ["7d", 604_800_000],
  ["59s", undefined],
  ["0d", undefined],
  ["8d", undefined],
])("of a minute or more, %j is %s ms", (text, ms) => {
  expect(parseAMinuteOrMore(text)).toBe(ms);
});

test.each([
  [604_800_000, "7d"],
  [86_400_000, "1d"],
  [90_000_000, "25h"],
  [5_400_000, "90m"],
  [90_000, "90s"],
  [0, "0d"],
  [8 * 86_400_000, "691200s"],
  [1_500, "2s"],
])("%i ms are written %s", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test("a duration that was read is written so that it is read back the same", () => {
  const duration = fc
    .tuple(fc.nat(9999), fc.constantFrom("s", "m", "h", "d"))
    .map(([count, unit]) => `${count}${unit}`);
  fc.assert(
    fc.property(duration, (text) => {
      const ms = parseDuration(text);
      if (ms !== undefined) expect(parseDuration(formatDuration(ms))).toBe(ms);
    }),
  );
});

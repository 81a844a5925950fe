import fc from "fast-check";
import { expect, test } from "vitest";
import { changedLines } from "../../src/authority/changed-lines.ts";
import { formatDuration, parseDuration } from "../../src/authority/duration.ts";
import { minimumTier } from "../../src/authority/minimum-tier.ts";
import { parseRate } from "../../src/authority/rate.ts";
import { stopReason } from "../../src/authority/stop.ts";
import { tiers } from "../../src/authority/verdict.ts";
import { nearestWord } from "../../src/nearest-word.ts";

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

test.each([
  ["90s", 90_000],
  ["30m", 1_800_000],
  ["24h", 86_400_000],
  ["7d", 604_800_000],
  ["0s", 0],
  ["8d", undefined],
  ["169h", undefined],
  ["1.5h", undefined],
  ["-1h", undefined],
  [" 1h", undefined],
  ["1h\n", undefined],
  ["1H", undefined],
  ["5", undefined],
  ["", undefined],
])("the duration %j is %s ms", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each([
  ["2/24h", { count: 2, windowMs: 86_400_000 }],
  ["0/24h", undefined],
  ["2/0s", undefined],
  ["2", undefined],
  ["2/24h/3", undefined],
])("the rate %j is %j", (text, rate) => {
  expect(parseRate(text)).toEqual(rate);
});

test.each([
  ["teir", "tier"],
  ["Services", "services"],
  ["service", "services"],
  ["lmits", "limits"],
  ["x", undefined],
  ["completely-different", undefined],
  ["", undefined],
])("the nearest word to %j is %s", (word, nearest) => {
  expect(nearestWord(word, ["tier", "services", "limits", "environments"])).toBe(nearest);
});

test("a known word is nearest to itself", () => {
  for (const tier of tiers) expect(nearestWord(tier, tiers)).toBe(tier);
});

test("the lowest tier counts, and nothing given is nothing allowed", () => {
  expect(minimumTier(["merge", "propose", "delay"])).toBe("propose");
  expect(minimumTier([])).toBe("observe");
});

test.each([
  [{ stopFile: false, stopIssue: undefined, environment: false }, undefined],
  [{ stopFile: true, stopIssue: undefined, environment: false }, "stop-file"],
  [{ stopFile: false, stopIssue: 3, environment: false }, "stop-issue"],
  [{ stopFile: false, stopIssue: undefined, environment: true }, "stop-environment"],
  [{ stopFile: true, stopIssue: 3, environment: true }, "stop-environment"],
])("of the stop switches %j the reason is %s", (switches, code) => {
  expect(stopReason(switches)?.code).toBe(code);
});

test.each([
  ["a\nb\nc", "a\nB\nc", 1],
  ["a\nb\nc", "A\nb\nC", 2],
  ["a\nb\nc", "a\nc", 1],
  ["a\nc", "a\nb\nb\nc", 2],
  ["a", "a", 0],
  ["", "a", 1],
  ["a\nb\nc\nd", "x\ny", 4],
])("from %j to %j a person looks at %i lines", (before, after, count) => {
  expect(changedLines(before, after)).toBe(count);
});

test("a change is never counted as none, and texts that are the same always are", () => {
  const text = fc.array(fc.constantFrom("a", "b", "\n"), { maxLength: 12 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(changedLines(before, after) === 0).toBe(before === after);
    }),
  );
});

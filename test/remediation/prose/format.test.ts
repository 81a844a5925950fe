import { expect, it } from "vitest";
import { fieldPath } from "../../../src/remediation/prose/field-path.ts";
import { formatDuration } from "../../../src/remediation/prose/format-duration.ts";
import { formatTime } from "../../../src/remediation/prose/format-time.ts";

it.each([
  [-5, "0 s"],
  [0, "0 s"],
  [48_400, "48 s"],
  [60_000, "1 min"],
  [432_000, "7 min 12 s"],
  [7_500_000, "2 h 5 min"],
  [3_600_000 + 5_000, "1 h"],
  [273_600_000, "3 d 4 h"],
])("%d milliseconds are %s", (durationMs, expected) => {
  expect(formatDuration(durationMs)).toBe(expected);
});

it("a time is in UTC, to the second", () => {
  expect(formatTime(Date.parse("2026-11-20T23:59:59.999+01:00"))).toBe("2026-11-20 22:59:59 UTC");
});

it("a field's path reads as people write it", () => {
  expect(fieldPath(["images", 0, "newTag"])).toBe("images[0].newTag");
  expect(fieldPath([0, "a"])).toBe("[0].a");
});

import { expect, test } from "vitest";
import type { FreezeWindow } from "../../../src/authority/freeze/freeze-window.ts";
import { neverCloses } from "../../../src/authority/freeze/never-closes.ts";
import { hour, minute, now } from "../decision.ts";

const window = (schedule: string, durationMs: number, timeZone = "UTC"): FreezeWindow => ({
  kind: "deny",
  schedule,
  durationMs,
  timeZone,
  match: { environments: ["*"], services: ["*"], namespaces: ["*"], actions: ["*"] },
  reason: undefined,
});

test.each([
  ["* * * * *", minute],
  ["0 0 * * *", 24 * hour],
  ["0 16 * * 5", 7 * 24 * hour],
  ["0 */6 * * *", 6 * hour],
  ["0 0 * * *", 25 * hour],
  ["0 0 1 * *", 31 * 24 * hour],
  ["0 0 1 1 *", 366 * 24 * hour],
])("%s for %i ms is open for ever", (schedule, durationMs) => {
  expect(neverCloses(window(schedule, durationMs), now)).toBe(true);
});

test.each([
  ["* * * * *", minute - 1_000],
  ["0 0 * * *", 24 * hour - minute],
  ["0 0 * * *", 24 * hour - 1_000],
  ["0 16 * * 5", 64 * hour],
  ["0 0 1 * *", 30 * 24 * hour],
  ["0 0 29 2 *", 24 * hour],
  ["0 0 1 1 *", 365 * 24 * hour],
  // Closed on one day of the year, in an hour that no other one is closed in.
  ["* * * 1-11 *", minute],
  ["* * * * 1-6", minute],
  ["* 0-22 * * *", minute],
  ["* * 1-30 * *", minute],
  ["* * * 1,3-12 *", minute],
])("%s for %i ms closes", (schedule, durationMs) => {
  expect(neverCloses(window(schedule, durationMs), now)).toBe(false);
});

test("a day of twenty-five hours closes a window of twenty-four", () => {
  expect(neverCloses(window("0 0 * * *", 24 * hour, "Europe/Amsterdam"), now)).toBe(false);
  expect(neverCloses(window("0 0 * * *", 25 * hour, "Europe/Amsterdam"), now)).toBe(true);
});

test.each(["0 0 30 2 *", "0 25 * * *"])("what never opens doesn't stay open: %s", (schedule) => {
  expect(neverCloses(window(schedule, hour), now)).toBe(false);
});

import { expect, test } from "vitest";
import { cronSchedule, isTimeZone } from "../../../src/authority/freeze/cron-schedule.ts";

const friday = Date.parse("2026-11-20T10:00:00Z");
const told = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString().slice(0, 16));

test.each([
  ["0 10 * * *", "2026-11-20T10:00", "2026-11-21T10:00"],
  ["0 10 * * 5", "2026-11-20T10:00", "2026-11-27T10:00"],
  ["0 10 * * FRI", "2026-11-20T10:00", "2026-11-27T10:00"],
  ["0 10 * nov sun", "2026-11-15T10:00", "2026-11-22T10:00"],
  ["*/30 9-11 20,21 * *", "2026-11-20T10:00", "2026-11-20T10:30"],
  ["0 10 1 * 5", "2026-11-20T10:00", "2026-11-27T10:00"],
  ["0 10 * * 7", "2026-11-15T10:00", "2026-11-22T10:00"],
])("%s was last at %s and is next at %s", (schedule, last, next) => {
  const cron = cronSchedule(schedule, "UTC");
  expect([told(cron?.last(friday)), told(cron?.next(friday))]).toEqual([last, next]);
});

test("the last moment is the moment itself, to the second, and the next one is later", () => {
  const cron = cronSchedule("0 10 * * *", "UTC");
  expect([friday, friday + 1, friday + 999].map((at) => cron?.last(at))).toEqual([friday, friday, friday]);
  expect(cron?.last(friday - 1)).toBe(friday - 24 * 60 * 60_000);
  expect(cron?.next(friday - 1)).toBe(friday);
});

test("a day that never comes has no last and no next moment", () => {
  const cron = cronSchedule("0 0 30 2 *", "UTC");
  expect([cron?.last(friday), cron?.next(friday)]).toEqual([undefined, undefined]);
});

test("the time is that of the time zone", () => {
  expect(told(cronSchedule("30 2 * * *", "Europe/Amsterdam")?.next(friday))).toBe("2026-11-21T01:30");
});

test.each([
  ...["", "0 10 * *", "0 0 10 * * *", "0  10 * * *", " 0 10 * * *", "0 10 * * *\n", "@daily", "0 25 * * *"],
  ...["60 10 * * *", "0 10 0 * *", "0 10 * 13 *", "0 10 * * 8", "0 10 L * *", "0 10 * * 1#2", "0 10 ? * *"],
  ...["0 10 * * moon", "0 10 5-1 * *", "*/0 * * * *", "2026-11-20T10:00:00Z"],
])("%j is no schedule", (schedule) => {
  expect(cronSchedule(schedule, "UTC")).toBeUndefined();
});

test.each(["Mars/Base", "+01:00", "-05:00", "", "1", " UTC", "GMT+1"])(
  "%j is no time zone, and there is no schedule in it",
  (name) => {
    expect(isTimeZone(name)).toBe(false);
    expect(cronSchedule("0 10 * * *", name)).toBeUndefined();
  },
);

test.each(["UTC", "Europe/Amsterdam", "america/new_york", "Etc/GMT+1", "CET"])("%s is a time zone", (name) => {
  expect(isTimeZone(name)).toBe(true);
  expect(cronSchedule("0 10 * * *", name)).toBeDefined();
});

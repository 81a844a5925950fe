import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cronSchedule } from "../../../src/authority/freeze/cron-schedule.ts";
import { freezeOperand } from "../../../src/authority/freeze/freeze-operand.ts";
import type { FreezeWindow } from "../../../src/authority/freeze/freeze-window.ts";
import { windowState } from "../../../src/authority/freeze/window-state.ts";
import { hour, minute, target } from "../decision.ts";

const any = { environments: ["*"], services: ["*"], namespaces: ["*"], actions: ["*"] };
const window = (change: Partial<FreezeWindow> = {}): FreezeWindow => ({
  kind: "deny",
  schedule: "0 16 * * 5",
  durationMs: 64 * hour,
  timeZone: "Europe/Amsterdam",
  match: any,
  reason: undefined,
  ...change,
});
const at = (text: string) => Date.parse(text);
const isOpen = (change: Partial<FreezeWindow>, moment: string) => windowState(window(change), at(moment)).open;

describe("windowState", () => {
  test.each([
    ["2026-11-20T14:59:59.999Z", false],
    ["2026-11-20T15:00:00Z", true],
    ["2026-11-22T00:00:00Z", true],
    ["2026-11-23T06:59:59.999Z", true],
    ["2026-11-23T07:00:00Z", false],
  ])("the weekend from Friday at four, in winter, at %s: open is %s", (moment, open) => {
    expect(isOpen({}, moment)).toBe(open);
  });

  test("a schedule that can't be read, or has no time, is never open", () => {
    expect(windowState(window({ schedule: "0 25 * * *" }), at("2026-11-20T15:00:00Z"))).toEqual({ open: false });
    expect(windowState(window({ schedule: "0 0 30 2 *" }), at("2026-03-01T00:00:00Z"))).toEqual({ open: false });
  });

  test("windows that touch are one", () => {
    const hourly = window({ schedule: "0 8-11 * * *", durationMs: hour });
    expect(windowState(hourly, at("2026-11-20T07:30:00Z"))).toEqual({ open: true, until: at("2026-11-20T11:00:00Z") });
  });

  test("in summer it opens an hour earlier, by the wall's clock at four", () => {
    expect(isOpen({}, "2026-07-10T13:59:59Z")).toBe(false);
    expect(isOpen({}, "2026-07-10T14:00:00Z")).toBe(true);
  });

  const night = { schedule: "30 2 * * *", durationMs: hour };

  test("a time that the change to summer time leaves out is the end of the gap", () => {
    expect(isOpen(night, "2026-03-29T00:59:59Z")).toBe(false);
    expect(isOpen(night, "2026-03-29T01:00:00Z")).toBe(true);
    expect(isOpen(night, "2026-03-29T01:59:59Z")).toBe(true);
    expect(isOpen(night, "2026-03-29T02:00:00Z")).toBe(false);
  });

  test("a time that comes twice counts at its first coming", () => {
    expect(isOpen(night, "2026-10-25T00:29:59Z")).toBe(false);
    expect(isOpen(night, "2026-10-25T00:30:00Z")).toBe(true);
    expect(isOpen(night, "2026-10-25T01:29:59Z")).toBe(true);
    expect(isOpen(night, "2026-10-25T01:30:00Z")).toBe(false);
    expect(isOpen(night, "2026-10-25T02:00:00Z")).toBe(false);
  });

  test("over a change of the clock a window stays open for its elapsed time", () => {
    const evening = { schedule: "0 23 * * 6", durationMs: 5 * hour };
    expect(isOpen(evening, "2026-10-25T01:59:59Z")).toBe(true);
    expect(isOpen(evening, "2026-10-25T02:00:00Z")).toBe(false);
    expect(isOpen(evening, "2026-03-29T02:59:59Z")).toBe(true);
    expect(isOpen(evening, "2026-03-29T03:00:00Z")).toBe(false);
  });

  test("windows that overlap are one, and it closes when the last of them does", () => {
    const overlapping = window({ schedule: "0 8,9 * * *", durationMs: 2 * hour, timeZone: "UTC" });
    expect(windowState(overlapping, at("2026-11-20T08:30:00Z"))).toEqual({
      open: true,
      until: at("2026-11-20T11:00:00Z"),
    });
  });

  test("it is open exactly when one of its times is less than its duration ago", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("30 2 * * *", "0 */5 * * *", "15 23 * * 0,6", "0 0 1 * *"),
        fc.constantFrom("UTC", "Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe"),
        fc.integer({ min: 1, max: 100 }).map((count) => count * 17 * minute),
        fc.integer({ min: at("2026-01-01T00:00:00Z") / minute, max: at("2026-12-31T00:00:00Z") / minute }),
        (schedule, timeZone, durationMs, minutes) => {
          const now = minutes * minute;
          const cron = cronSchedule(schedule, timeZone);
          let opening = cron?.next(now - 40 * 24 * hour);
          let open = false;
          while (opening !== undefined && opening <= now) {
            open ||= now < opening + durationMs;
            opening = cron?.next(opening);
          }
          expect(windowState(window({ schedule, timeZone, durationMs }), now).open).toBe(open);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("freezeOperand", () => {
  const now = at("2026-11-20T17:00:00Z");
  const tier = (...windows: readonly FreezeWindow[]) =>
    freezeOperand({ windows, action: "rollback", targets: [target], now }).tier;
  const open = { schedule: "0 17 * * *", durationMs: hour, timeZone: "UTC" };
  const closed = { ...open, schedule: "0 3 * * *" };

  test.each([
    ["no window", [], "merge"],
    ["an open deny window", [window(open)], "propose"],
    ["a closed deny window", [window(closed)], "merge"],
    ["an open allow window", [window({ kind: "allow", ...open })], "merge"],
    ["a closed allow window", [window({ kind: "allow", ...closed })], "propose"],
    [
      "an open and a closed allow window",
      [window({ kind: "allow", ...closed }), window({ kind: "allow", ...open })],
      "merge",
    ],
    ["an open allow and an open deny window", [window({ kind: "allow", ...open }), window(open)], "propose"],
  ] as const)("%s: %s", (_, windows, expected) => {
    expect(tier(...windows)).toBe(expected);
    expect(tier(...windows.toReversed())).toBe(expected);
  });

  test.each(["environments", "services", "namespaces", "actions"] as const)(
    "a window for other %s says nothing",
    (key) => {
      expect(tier(window({ ...open, match: { ...any, [key]: ["other"] } }))).toBe("merge");
      expect(tier(window({ kind: "allow", ...closed, match: { ...any, [key]: ["other"] } }))).toBe("merge");
    },
  );

  test("a change of several targets is frozen where one of them is", () => {
    const windows = [window({ ...open, match: { ...any, services: ["cart"] } })];
    const cart = { ...target, service: "cart" };
    expect(freezeOperand({ windows, action: "rollback", targets: [target, cart], now }).tier).toBe("propose");
  });

  test("people are told until when, and why", () => {
    const { reason } = freezeOperand({
      windows: [window({ reason: "weekend" })],
      action: "rollback",
      targets: [target],
      now,
    });
    expect(reason).toEqual({ code: "freeze", message: "frozen until 2026-11-23T07:00Z: weekend" });
  });
});

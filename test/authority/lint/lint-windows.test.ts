import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { neverCloses } from "../../../src/authority/freeze/never-closes.ts";
import { windowState } from "../../../src/authority/freeze/window-state.ts";
import { lint, now, shop } from "./lint.ts";

const windows = (...lines: readonly string[]) => ["  freeze:", ...lines.map((line) => `    - ${line}`)].join("\n");
const found = (line: string) =>
  lint({ more: windows(line) }, undefined).map(({ code, severity, line: at }) => [code, severity, at]);

test.each([
  ['{kind: deny, schedule: "0 0 30 2 *", duration: 1h}', "window-never-opens", "error"],
  ['{kind: allow, schedule: "0 0 31 4,6 *", duration: 1h}', "window-never-opens", "error"],
  ['{kind: deny, schedule: "* * * * *", duration: 1m}', "window-never-closes", "warning"],
  ['{kind: deny, schedule: "0 0 * * *", duration: 24h}', "window-never-closes", "warning"],
  ['{kind: allow, schedule: "0 16 * * 5", duration: 7d}', "window-never-closes", "warning"],
  ['{kind: deny, schedule: "0 */6 * * *", duration: 6h, timeZone: UTC}', "window-never-closes", "warning"],
])("the window %s: %s", (line, code, severity) => {
  expect(found(line)).toEqual([[code, severity, 8]]);
});

test.each([
  '{kind: deny, schedule: "0 16 * * 5", duration: 64h}',
  '{kind: deny, schedule: "0 0 29 2 *", duration: 1h}',
  '{kind: deny, schedule: "* * * * *", duration: 59s}',
  // Closed in one month, on one day, in one hour of the year.
  '{kind: deny, schedule: "* * * 1-11 *", duration: 1m}',
  '{kind: deny, schedule: "* * * 1,3-12 *", duration: 1m}',
  '{kind: deny, schedule: "* * * * 1-6", duration: 1m}',
  '{kind: deny, schedule: "* 0-22 * * *", duration: 1m}',
  '{kind: deny, schedule: "0 0 * * *", duration: 24h, timeZone: Europe/Amsterdam}',
])("the window %s opens and closes", (line) => {
  expect(found(line)).toEqual([]);
});

test("a window that is said to be open for ever is open at any moment from its first opening on", () => {
  const field = (most: number) => fc.constantFrom("*", "0", `0-${most - 1}`, `0-${most}`, "*/2");
  const schedule = fc.tuple(field(59), field(23)).map(([minute, hour]) => `${minute} ${hour} * * *`);
  const minutes = fc.constantFrom(1, 2, 30, 60, 61, 120, 1_439, 1_440, 1_441);
  const window = { kind: "deny", timeZone: "UTC", reason: undefined } as const;
  const match = { environments: ["*"], services: ["*"], namespaces: ["*"], actions: ["*"] };
  let never = 0;
  const property = fc.property(schedule, minutes, fc.nat(2 * 24 * 60), (written, length, after) => {
    const whole = { ...window, match, schedule: written, durationMs: length * 60_000 };
    if (!neverCloses(whole, now)) return;
    never++;
    expect(windowState(whole, now + (24 * 60 + after) * 60_000).open).toBe(true);
  });
  fc.assert(property, { numRuns: 25 });
  expect(never).toBeGreaterThan(0);
}, 120_000);

describe("a window selects nothing", () => {
  const window = (service: string) =>
    windows(`{kind: deny, schedule: "0 16 * * 5", duration: 1h, services: [${service}], environments: [staging]}`);

  test("where no target has all its names", () => {
    expect(lint({ more: window("cart") }, shop)).toMatchObject([{ code: "window-matches-nothing", severity: "error" }]);
    expect(lint({ more: window("checkout") }, shop)).toEqual([]);
    expect(lint({ more: window("cart") }, undefined)).toEqual([]);
  });

  test("where nothing has a name of it, which is told with the nearest one", () => {
    expect(lint({ more: window("kart") }, shop)).toMatchObject([{ code: "name-unknown", mend: "did you mean cart?" }]);
  });
});

import { expect, test } from "vitest";
import { type StopSwitches, stopReason } from "../../src/authority/stop.ts";

const off: StopSwitches = { stopFile: false, stopIssue: undefined, environment: false };

test("no switch, no reason", () => {
  expect(stopReason(off)).toBeUndefined();
});

test.each([
  [{ stopFile: true }, "stop-file", ".github/remit/STOP exists on the default branch"],
  [{ stopIssue: 3 }, "stop-issue", "issue #3, labelled remit:stop, is open"],
  [{ environment: true }, "stop-environment", "REMIT_STOP is set where Remit runs"],
] as const)("one switch is enough: %j", (change, code, message) => {
  expect(stopReason({ ...off, ...change })).toEqual({ code, message });
});

test("of several, the one that is told is the farthest from the repository", () => {
  expect(stopReason({ stopFile: true, stopIssue: 3, environment: true })?.code).toBe("stop-environment");
  expect(stopReason({ ...off, stopFile: true, stopIssue: 3 })?.code).toBe("stop-file");
});

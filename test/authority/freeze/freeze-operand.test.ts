import { expect, test } from "vitest";
import { freezeOperand } from "../../../src/authority/freeze/freeze-operand.ts";
import type { FreezeWindow } from "../../../src/authority/freeze/freeze-window.ts";
import { hour, now, target } from "../decision.ts";

// `now` is a Friday at ten.
const match = { environments: ["*"], services: ["*"], namespaces: ["*"], actions: ["*"] };
const window = (kind: FreezeWindow["kind"], schedule: string, reason?: string): FreezeWindow => ({
  kind,
  schedule,
  durationMs: 2 * hour,
  timeZone: "UTC",
  match,
  reason,
});
const asked = (...windows: readonly FreezeWindow[]) =>
  freezeOperand({ windows, action: "rollback", targets: [target], now });
const frozen = (message: string) => ({ name: "freeze", tier: "propose", reason: { code: "freeze", message } });

test("an open deny window says until when, and why where it has a reason", () => {
  expect(asked(window("deny", "0 9 * * *"))).toEqual(frozen("frozen until 2026-11-20T11:00Z"));
  expect(asked(window("deny", "0 9 * * *", "release day"))).toEqual(
    frozen("frozen until 2026-11-20T11:00Z: release day"),
  );
});

test("where no allow window is open, the next one to open is told", () => {
  const [noon, evening] = [window("allow", "0 12 * * *"), window("allow", "0 18 * * *")];
  expect(asked(evening, noon)).toEqual(frozen("no allow window is open until 2026-11-20T12:00Z"));
  expect(asked(window("allow", "0 0 30 2 *"))).toEqual(frozen("no allow window is open"));
  expect(asked(window("allow", "0 0 30 2 *"), evening)).toEqual(
    frozen("no allow window is open until 2026-11-20T18:00Z"),
  );
  expect(asked(evening, window("allow", "0 9 * * *")).tier).toBe("merge");
});

test("a deny window that is closed freezes nothing, and neither does one of somebody else", () => {
  expect(asked(window("deny", "0 18 * * *")).tier).toBe("merge");
  expect(asked({ ...window("deny", "0 9 * * *"), match: { ...match, services: ["other"] } }).tier).toBe("merge");
});

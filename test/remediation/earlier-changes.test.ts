import { describe, expect, it } from "vitest";
import type { RemediationRecord } from "../../src/ledger/remediation-record.ts";
import { earlierChanges } from "../../src/remediation/earlier-changes.ts";
import { handoff } from "../../src/remediation/prose/handoff.ts";
import { base, incident, response, t0 } from "../support/situation.ts";

const target = { service: "checkout", environment: "production", namespace: undefined };
const day = 24 * 60 * 60_000;

function record(at: number, [from, to]: readonly [string, string], change: Partial<RemediationRecord> = {}) {
  const commit = String(at).repeat(40).slice(0, 40);
  const told = { incident: `incident-${at}`, action: "rollback", target: "checkout/production", tier: "merge" };
  return { commit, at: t0 - at * day, ...told, candidate: "c", change: { from, to }, ...change };
}

const earlier = (...records: readonly RemediationRecord[]) =>
  earlierChanges(records, target, "now").map(({ incident: id, takenBackAt }) => [id, takenBackAt]);

describe("what Remit did for a target before", () => {
  it("is told newest first, with what was taken back again: that is no change of its own", () => {
    const [first, undo, second, other] = [
      record(9, ["a", "b"]),
      record(8, ["b", "a"]),
      record(5, ["a", "b"]),
      record(3, ["c", "d"], { action: "scale" }),
    ];
    expect(earlier(first, undo, second, other)).toEqual([
      ["incident-3", undefined],
      ["incident-5", undefined],
      ["incident-9", undo.at],
    ]);
    const again = record(4, ["b", "a"]);
    expect(earlier(again, second, undo, first)).toEqual([
      ["incident-5", again.at],
      ["incident-9", undo.at],
    ]);
  });

  it("leaves out other targets and the incident at hand, and ends after five", () => {
    const elsewhere = record(2, ["a", "b"], { target: "checkout/staging" });
    const now = record(1, ["a", "b"], { incident: "now" });
    const older = record(3, ["a", "b"], { change: undefined });
    expect(earlier(elsewhere, now, older)).toEqual([["incident-3", undefined]]);
    const many = Array.from({ length: 9 }, (_, index) => record(index + 1, [`${index}`, "x"]));
    expect(earlier(...many).map(([id]) => id)).toEqual([1, 2, 3, 4, 5].map((at) => `incident-${at}`));
  });

  it("stands in the handoff, and nothing stands there where there was nothing", () => {
    const outcome = { kind: "abstain" as const, reasons: [] };
    const told = (known: ReturnType<typeof earlierChanges>) =>
      handoff({
        incident: incident(),
        response: response({ plan: { at: t0, base, suspects: [], outcome, earlier: known } }),
        reasons: [],
      });
    const text = told(earlierChanges([record(9, ["a", "b"]), record(8, ["b", "a"])], target, "now"));
    expect(text).toContain(
      "### What Remit did here before\n\n- 2026-11-11 10:00:00 UTC `rollback`, 999999999999, for `incident-9`: taken back 2026-11-12 10:00:00 UTC",
    );
    expect(told([])).not.toContain("before");
  });
});

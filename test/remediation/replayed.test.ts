import { expect, test } from "vitest";
import type { RemediationRecord } from "../../src/ledger/remediation-record.ts";
import { replayed } from "../../src/remediation/replayed.ts";
import { grant, policy } from "../authority/decision.ts";

const state = policy([grant()]);
const { version } = state.kind === "present" ? state.authority : { version: 0 };

function record(policyVersion: number | undefined): RemediationRecord {
  const what = { incident: "i", action: "rollback", target: "checkout/production", tier: "merge", candidate: "c" };
  return { commit: "a".repeat(40), at: 0, ...what, policyVersion };
}

test("a policy that is older than one that a merged remediation was decided by grants nothing, though history was rewritten", () => {
  expect(replayed(state, [record(version), record(version + 2), record(undefined)])).toEqual({
    kind: "replayed",
    revision: state.revision,
    version,
    newest: version + 2,
  });
  expect(replayed(state, [record(version), record(undefined)])).toBe(state);
  expect(replayed(state, [])).toBe(state);
});

test("what can't be counted is an operand of its own, and changes no policy", () => {
  expect(replayed(state, "unreadable")).toBe(state);
  const missing = { kind: "missing", revision: state.revision } as const;
  expect(replayed(missing, [record(99)])).toBe(missing);
});

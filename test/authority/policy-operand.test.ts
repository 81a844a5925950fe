import { expect, test } from "vitest";
import { type DecideInput, decide } from "../../src/authority/decide.ts";
import { decideInput, grant, policy } from "./decision.ts";

const decided = (change: Partial<DecideInput>) => decide(decideInput(change));

test("a policy that was put back is refused", () => {
  const verdict = decided({ authority: { kind: "replayed", revision: "b".repeat(40), version: 13, newest: 14 } });
  expect(verdict.tier).toBe("suggest");
  expect(verdict.operands[1]?.reason.code).toBe("policy-replayed");
});

test.each([
  [{ kind: "missing" }, "policy-missing"],
  [{ kind: "invalid", mistakes: [] }, "policy-invalid"],
  [{ kind: "replayed", version: 13, newest: 14 }, "policy-replayed"],
  [{ kind: "reused", version: 14 }, "policy-reused"],
] as const)(
  "without a policy that counts (%j) people are told, and where it has to be signed nothing is",
  (state, code) => {
    const plain = decided({ authority: { ...state, revision: "b".repeat(40) } });
    const strict = decided({ authority: { ...state, revision: "b".repeat(40), mustBeSigned: true } });
    expect([plain.tier, strict.tier]).toEqual(["suggest", "observe"]);
    expect(strict.operands[1]?.reason.code).toBe(code);
  },
);

test("a policy that too few have signed allows nothing, and says how many are missing", () => {
  const unsigned = { kind: "unsigned", revision: "b".repeat(40), threshold: 2, mustBeSigned: true } as const;
  const verdict = decided({ authority: { ...unsigned, signers: ["alice"] } });
  expect(verdict.tier).toBe("observe");
  expect(verdict.operands[1]?.reason).toMatchObject({
    code: "policy-unsigned",
    message: expect.stringContaining("1 of the 2"),
  });
  expect(decided({ authority: { ...unsigned, signers: [] } }).operands[1]?.reason.message).toContain("nobody");
});

test("who signed the policy is said", () => {
  const authority = { ...policy([grant()]), signers: ["alice", "bob"] };
  expect(decided({ authority }).operands[1]?.reason.message).toContain("signed by alice and bob");
});

test("a policy that counts is told with its version and the first digits of the commit", () => {
  expect(decided({}).operands[1]).toEqual({
    name: "policy",
    tier: "merge",
    reason: { code: "within-limits", message: "policy payments, version 14, at bbbbbbbbbbbb" },
  });
});

test.each([
  ["audit", "observe", "mode", "checkout-rollback is in mode audit: what it grants is only recorded"],
  ["warn", "propose", "mode", "checkout-rollback is in mode warn: what it grants is proposed at most"],
  ["enforce", "merge", "within-limits", "the grant is in force"],
] as const)("the mode %s is told with what it does", (mode, tier, code, message) => {
  const { operands } = decided({ authority: policy([grant({ mode })]) });
  expect(operands.find(({ name }) => name === "mode")).toEqual({ name: "mode", tier, reason: { code, message } });
});

import { expect, test } from "vitest";
import { evidenceMaxAgeMs } from "../../src/authority/defaults.ts";
import { type EvidenceInput, evidenceOperand } from "../../src/authority/evidence-operand.ts";
import { correlate } from "../../src/incidents/correlate.ts";
import { leaseAlert } from "../../src/incidents/lease-alert.ts";
import { candidate, incident, minute, now } from "./decision.ts";

const asked = (change: Partial<EvidenceInput>) =>
  evidenceOperand({
    candidate: candidate(),
    incident: incident(),
    kind: "fix",
    now,
    maxAgeMs: evidenceMaxAgeMs,
    required: { sources: 1, confidence: 90, maxAgeMs: evidenceMaxAgeMs },
    ...change,
  });

test("no runbook asks for less confidence than Remit does of itself", () => {
  const required = { sources: 1, confidence: 0, maxAgeMs: evidenceMaxAgeMs };
  expect(asked({ required, candidate: candidate({ confidence: 0.899 }) }).reason).toEqual({
    code: "evidence-weak",
    message: "the confidence is 89 %, below 90 %",
  });
  expect(asked({ required, candidate: candidate({ confidence: 0.9 }) }).tier).toBe("merge");
});

test.each([undefined, incident(now - minute, "resolved")])("where no alert fires, the evidence is stale", (trouble) => {
  expect(asked({ incident: trouble })).toEqual({
    name: "evidence",
    tier: "propose",
    reason: { code: "evidence-stale", message: "no alert fires any more" },
  });
});

test("it says for how long nothing was heard", () => {
  expect(asked({ incident: incident(now - 11 * minute) }).reason).toEqual({
    code: "evidence-stale",
    message: "nothing was heard of the alert for 11 minutes",
  });
});

test("an undo rests on the verification that failed, or on the time that is over, and a person's alone on neither", () => {
  const target = { service: "checkout", environment: "production", namespace: undefined };
  const told = {
    repository: "acme/shop",
    target,
    commit: "c".repeat(40),
    startsAt: now,
    expiresAt: now,
    over: false,
    observedAt: now,
  };
  const { incident: expired } = correlate([], leaseAlert(told), target);
  const answer = (trouble: EvidenceInput["incident"]) => {
    const { tier, reason } = asked({ kind: "undo", incident: trouble });
    return [tier, reason.code];
  };
  expect(answer(incident())).toEqual(["merge", "still-failing"]);
  expect(answer(expired)).toEqual(["merge", "lease-expired"]);
  expect(answer(undefined)).toEqual(["propose", "evidence-stale"]);
});

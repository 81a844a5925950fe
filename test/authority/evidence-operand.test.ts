import { expect, test } from "vitest";
import { evidenceMaxAgeMs } from "../../src/authority/defaults.ts";
import { type EvidenceInput, evidenceOperand } from "../../src/authority/evidence-operand.ts";
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

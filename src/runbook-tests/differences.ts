/** Where an answer isn't what a case expects. */
import type { RunbookTestCase } from "../authority/runbooks/runbook-test.ts";
import type { PlanAnswer } from "../remediation/plan-answer.ts";

export interface Difference {
  readonly what: "outcome" | "tier" | "reasons" | "diff" | "fixture";
  readonly expected: string;
  readonly actual: string;
}

/** `golden`: the text of the file that `expect.diff` names, "" where there is none yet; undefined: no diff is expected. */
export function differences(
  expect: RunbookTestCase["expect"],
  answer: PlanAnswer,
  golden: string | undefined,
): readonly Difference[] {
  const found: Difference[] = [];
  if (answer.outcome !== expect.outcome) {
    const why = answer.outcome === "abstain" ? `: ${answer.reasons.map(({ message }) => message).join("; ")}` : "";
    found.push({ what: "outcome", expected: expect.outcome, actual: `${answer.outcome}${why}` });
  }
  if (expect.tier !== undefined && answer.tier !== expect.tier) {
    found.push({ what: "tier", expected: expect.tier, actual: answer.tier ?? "none, since there is no change" });
  }
  const codes = [...new Set(answer.reasons.map(({ code }) => code))];
  const missing = expect.reasons.filter((code) => !codes.includes(code));
  if (missing.length > 0) found.push({ what: "reasons", expected: missing.join(", "), actual: codes.join(", ") });
  if (golden !== undefined && golden !== answer.patch) {
    found.push({ what: "diff", expected: golden, actual: answer.patch });
  }
  return found;
}

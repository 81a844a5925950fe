/** What `remit test` says to people, line by line. */
import { formatPolicyMistake } from "../../authority/format-policy-mistake.ts";
import { unifiedDiff } from "../../remediation/prose/unified-diff.ts";
import { type CoveredRule, isCovered } from "../../runbook-tests/coverage.ts";
import type { Difference } from "../../runbook-tests/differences.ts";
import type { CaseResult } from "../../runbook-tests/run-case.ts";
import type { Suite } from "../../runbook-tests/run-suite.ts";

export function renderSuite(suite: Suite, options: { readonly coverage: boolean }): readonly string[] {
  if (suite.mistakes.length > 0) return suite.mistakes.map(formatPolicyMistake);
  const files = [...new Set(suite.cases.map(({ file }) => file))];
  const failed = suite.cases.filter(({ differences }) => differences.length > 0).length;
  return [
    ...files.flatMap((file) => [file, ...suite.cases.filter((each) => each.file === file).flatMap(caseLines)]),
    ...(options.coverage ? ["", "Coverage", ...suite.coverage.map(ruleLine)] : []),
    "",
    ...(suite.interrupted ? ["Interrupted: not all cases were run."] : []),
    `${suite.cases.length - failed} passed, ${failed} failed`,
  ];
}

function caseLines({ name, differences }: CaseResult): readonly string[] {
  const mark = differences.length === 0 ? "✓" : "✗";
  return [`  ${mark} ${name}`, ...differences.flatMap(differenceLines).map((line) => `      ${line}`)];
}

function differenceLines({ what, expected, actual }: Difference): readonly string[] {
  if (what === "fixture") return actual.split("\n");
  if (what !== "diff") return [`${what}: expected ${expected}`, `${" ".repeat(what.length)}  but it is ${actual}`];
  const compared = unifiedDiff({ path: "diff", before: expected, after: actual }).split("\n");
  return ["diff: - is what the golden file holds, + is what Remit would change", ...compared.slice(2)];
}

const words: Readonly<Partial<Record<CoveredRule["kind"], readonly [string, string]>>> = {
  window: ["open", "closed"],
  trigger: ["met", "passed over"],
};

function ruleLine(rule: CoveredRule): string {
  const { name, held, failed } = rule;
  const [yes, no] = words[rule.kind] ?? ["true", "false"];
  const missing = held === 0 ? `never ${yes}` : failed === 0 ? `never ${no}` : "";
  return `  ${isCovered(rule) ? "✓" : "✗"} ${name}: ${yes} ${held}×, ${no} ${failed}×${isCovered(rule) ? "" : `, ${missing}`}`;
}

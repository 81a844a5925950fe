/** The files that say no, and the tests that must notice when one of them stops saying it. */
export interface Guard {
  readonly file: string;
  readonly tests: readonly string[];
  /** Mutants that may survive; each stands in docs/mutation.md with its reason. Left out until somebody has gone through them. */
  readonly justified?: number;
}

const edit = ["test/gitops/edit/edit-scalars.test.ts", "test/gitops/edit/edit-scalars.property.test.ts"];
const proof = ["test/gitops/edit/prove-edit.test.ts"];
const steps = ["test/remediation/next-step.test.ts", "test/remediation/after-merge.test.ts"];
const waiting = [...steps, "test/remediation/waiting.test.ts", "test/remediation/before-merge.test.ts"];
const intake = ["test/server/intake/github.test.ts", "test/server/intake/hooks.test.ts"];
const rules = ["test/authority/rules.test.ts", "test/authority/operands.test.ts", "test/authority/decide.test.ts"];
const grants = ["test/authority/matching-grant.test.ts", "test/authority/decide.test.ts"];
const conditions = ["test/authority/conditions/holds-for.test.ts", "test/authority/conditions/check-condition.test.ts"];
const own = (name: string) => [`test/authority/${name}.test.ts`, ...rules];
const judged = ["test/authority/diff/judge-diff.test.ts", "test/authority/diff/judge-diff-answer.test.ts"];
const readers = [
  ...["read-limits", "read-grant", "read-match", "parse-rules"].map((name) => `test/authority/${name}.test.ts`),
  ...["test/authority/freeze/read-freeze.test.ts", "test/authority/runbooks/parse-runbook.test.ts"],
];
const github = ["test/github/merge.test.ts", "test/github/read.test.ts"];

export const guards: readonly Guard[] = [
  { file: "src/gitops/edit/writable-path.ts", tests: ["test/gitops/edit/writable-path.test.ts"], justified: 15 },
  { file: "src/gitops/edit/writable-entry.ts", tests: ["test/gitops/edit/writable-entry.test.ts"], justified: 0 },
  { file: "src/gitops/edit/secret-bearing.ts", tests: ["test/gitops/edit/secret-bearing.test.ts"], justified: 3 },
  { file: "src/gitops/edit/edit-scalars.ts", tests: edit, justified: 4 },
  { file: "src/gitops/edit/locate-scalar.ts", tests: edit, justified: 3 },
  { file: "src/gitops/edit/write-scalar.ts", tests: edit, justified: 0 },
  { file: "src/gitops/edit/spelling.ts", tests: ["test/gitops/edit/spelling.test.ts"], justified: 0 },
  { file: "src/gitops/edit/prove-edit.ts", tests: proof, justified: 2 },
  { file: "src/gitops/edit/node-differences.ts", tests: proof, justified: 3 },
  { file: "src/gitops/edit/entries/prove-entries.ts", tests: ["test/gitops/edit/prove-entries.test.ts"], justified: 2 },
  { file: "src/gitops/edit/aliased.ts", tests: ["test/gitops/edit/aliased.test.ts"], justified: 0 },
  {
    file: "src/gitops/edit/entries/check-value.ts",
    tests: ["test/gitops/edit/entries/check-value.test.ts"],
    justified: 1,
  },
  { file: "src/actions/barred.ts", tests: ["test/actions/barred.test.ts"], justified: 0 },
  { file: "src/authority/matches.ts", tests: grants, justified: 1 },
  { file: "src/authority/stop.ts", tests: ["test/authority/stop.test.ts"], justified: 0 },
  { file: "src/authority/changed-lines.ts", tests: ["test/authority/changed-lines.test.ts"], justified: 0 },
  { file: "src/authority/change-states.ts", tests: ["test/authority/change-states.test.ts"], justified: 0 },
  { file: "src/authority/rate.ts", tests: ["test/authority/rate.test.ts"], justified: 1 },
  { file: "src/authority/duration.ts", tests: ["test/authority/duration.test.ts"], justified: 1 },
  { file: "src/authority/named-targets.ts", tests: ["test/authority/named-targets.test.ts"], justified: 0 },
  { file: "src/authority/read-barrier.ts", tests: ["test/authority/read-barrier.test.ts"], justified: 1 },
  {
    file: "src/authority/conditions/check-condition.ts",
    tests: ["test/authority/conditions/check-condition.test.ts"],
    justified: 1,
  },
  {
    file: "src/authority/conditions/condition-facts.ts",
    tests: ["test/authority/conditions/condition-facts.test.ts"],
    justified: 0,
  },
  {
    file: "src/authority/conditions/read-conditions.ts",
    tests: ["test/authority/conditions/read-conditions.test.ts"],
    justified: 5,
  },
  {
    file: "src/authority/freeze/cron-schedule.ts",
    tests: ["test/authority/freeze/cron-schedule.test.ts"],
    justified: 1,
  },
  { file: "src/authority/freeze/never-closes.ts", tests: ["test/authority/freeze/never-closes.test.ts"] },
  { file: "src/authority/freeze/read-freeze.ts", tests: readers, justified: 0 },
  { file: "src/authority/read-limits.ts", tests: readers, justified: 1 },
  { file: "src/authority/read-grant.ts", tests: readers, justified: 0 },
  { file: "src/authority/read-match.ts", tests: readers, justified: 0 },
  { file: "src/authority/policy-reader.ts", tests: ["test/authority/policy-reader.test.ts"], justified: 3 },
  { file: "src/authority/parse-authority.ts", tests: readers, justified: 0 },
  { file: "src/authority/runbooks/parse-runbook.ts", tests: readers, justified: 6 },
  { file: "src/authority/lowest.ts", tests: ["test/authority/lowest.test.ts"], justified: 0 },
  { file: "src/authority/minimum-tier.ts", tests: ["test/authority/words.test.ts"], justified: 0 },
  { file: "src/authority/matching-grant.ts", tests: grants, justified: 0 },
  { file: "src/authority/grant-for-all.ts", tests: ["test/authority/grant-for-all.test.ts"], justified: 0 },
  { file: "src/authority/strictest-limits.ts", tests: grants, justified: 0 },
  { file: "src/authority/policy-operands.ts", tests: own("policy-operand"), justified: 0 },
  { file: "src/authority/rate-operand.ts", tests: own("rate-operand"), justified: 0 },
  { file: "src/authority/limit-operands.ts", tests: own("limit-operands"), justified: 1 },
  { file: "src/authority/breaker-operands.ts", tests: own("breaker-operands"), justified: 1 },
  { file: "src/authority/evidence-operand.ts", tests: own("evidence-operand"), justified: 1 },
  { file: "src/authority/step-operand.ts", tests: own("step-operand"), justified: 2 },
  { file: "src/authority/size-operand.ts", tests: judged, justified: 0 },
  { file: "src/authority/change-operands.ts", tests: own("change-operands"), justified: 2 },
  { file: "src/authority/incident-class.ts", tests: ["test/authority/incident-class.test.ts"], justified: 0 },
  { file: "src/authority/storm-operand.ts", tests: ["test/authority/storm-operand.test.ts"], justified: 0 },
  { file: "src/authority/pulls-operand.ts", tests: ["test/authority/pulls-operand.test.ts"], justified: 0 },
  { file: "src/authority/freeze/freeze-operand.ts", tests: own("freeze/freeze-operand"), justified: 1 },
  {
    file: "src/authority/runbooks/matching-runbook.ts",
    tests: ["test/authority/runbooks/matching-runbook.test.ts"],
    justified: 0,
  },
  {
    file: "src/authority/runbooks/runbook-operands.ts",
    tests: ["test/authority/runbooks/runbook-operands.test.ts"],
    justified: 0,
  },
  { file: "src/authority/gate.ts", tests: ["test/authority/gate.test.ts"], justified: 1 },
  { file: "src/incidents/class-label.ts", tests: ["test/incidents/class-label.test.ts"], justified: 0 },
  { file: "src/incidents/with-alert.ts", tests: ["test/incidents/with-alert.test.ts"] },
  { file: "src/incidents/alert-state.ts", tests: ["test/incidents/alert-state.test.ts"], justified: 0 },
  { file: "src/incidents/lease-alert.ts", tests: ["test/incidents/lease-alert.test.ts"], justified: 0 },
  { file: "src/actions/take-back.ts", tests: ["test/actions/take-back.test.ts"], justified: 0 },
  { file: "src/authority/decide.ts", tests: own("decide-left-out"), justified: 2 },
  { file: "src/authority/render-operand.ts", tests: own("render-operand"), justified: 0 },
  { file: "src/authority/conditions/condition-holds.ts", tests: conditions, justified: 0 },
  { file: "src/authority/freeze/window-state.ts", tests: ["test/authority/freeze/window-state.test.ts"], justified: 1 },
  { file: "src/actions/put-back.ts", tests: ["test/actions/put-back.test.ts"], justified: 0 },
  {
    file: "src/actions/flag.ts",
    tests: ["test/actions/flag-named.test.ts", "test/actions/flag-by-runbook.test.ts"],
    justified: 0,
  },
  { file: "src/authority/diff/text-doubts.ts", tests: ["test/authority/diff/text-doubts.test.ts"], justified: 0 },
  { file: "src/authority/diff/tree-doubts.ts", tests: ["test/authority/diff/tree-doubts.test.ts"], justified: 2 },
  { file: "src/authority/diff/judge-diff.ts", tests: judged, justified: 1 },
  { file: "src/authority/diff/classify-file.ts", tests: ["test/authority/diff/classify-file.test.ts"], justified: 0 },
  { file: "src/authority/diff/classify-diff.ts", tests: ["test/authority/diff/classify-diff.test.ts"], justified: 1 },
  {
    file: "src/authority/diff/compare-documents.ts",
    tests: ["test/authority/diff/compare-documents.test.ts"],
    justified: 1,
  },
  {
    file: "src/authority/diff/rollback-hazards.ts",
    tests: ["test/authority/diff/rollback-hazards.test.ts"],
    justified: 0,
  },
  { file: "src/authority/diff/set-scalars.ts", tests: ["test/authority/diff/compare-texts.test.ts"], justified: 0 },
  { file: "src/authority/diff/compare-texts.ts", tests: ["test/authority/diff/compare-texts.test.ts"], justified: 0 },
  {
    file: "src/authority/diff/difference-reader.ts",
    tests: ["test/authority/diff/difference-reader.test.ts"],
    justified: 0,
  },
  { file: "src/authority/diff/pair-renames.ts", tests: ["test/authority/diff/pair-renames.test.ts"], justified: 0 },
  { file: "src/authority/diff/find-targets.ts", tests: ["test/authority/diff/find-targets.test.ts"], justified: 0 },
  { file: "src/authority/diff/meaning.ts", tests: ["test/authority/diff/meaning.test.ts"], justified: 0 },
  {
    file: "src/authority/freeze/controller-blocks.ts",
    tests: ["test/authority/freeze/controller-blocks.test.ts"],
    justified: 3,
  },
  {
    file: "src/authority/freeze/objects-named.ts",
    tests: ["test/authority/freeze/objects-named.test.ts"],
    justified: 0,
  },
  { file: "src/authority/freeze/objects-in.ts", tests: ["test/authority/freeze/objects-in.test.ts"], justified: 0 },
  { file: "src/authority/freeze/sync-windows.ts", tests: ["test/authority/freeze/sync-windows.test.ts"], justified: 0 },
  { file: "src/authority/merged-as-decided.ts", tests: ["test/authority/merged-as-decided.test.ts"], justified: 2 },
  { file: "src/authority/tier-if-enforced.ts", tests: ["test/authority/tier-if-enforced.test.ts"], justified: 0 },
  { file: "src/authority/policy-version.ts", tests: ["test/authority/policy-version.test.ts"], justified: 3 },
  { file: "src/authority/delivery-operand.ts", tests: own("delivery-operand"), justified: 0 },
  {
    file: "src/authority/conditions/holds-for.ts",
    tests: ["test/authority/decide.test.ts", "test/authority/conditions/holds-for.test.ts"],
    justified: 1,
  },
  { file: "src/authority/signing/is-accepted.ts", tests: ["test/authority/signing/is-accepted.test.ts"], justified: 0 },
  {
    file: "src/authority/signing/raises-authority.ts",
    tests: ["test/authority/signing/raises-authority.test.ts"],
    justified: 3,
  },
  { file: "src/remediation/merge-difference.ts", tests: ["test/remediation/merge-difference.test.ts"], justified: 2 },
  { file: "src/remediation/with-open-pulls.ts", tests: ["test/remediation/with-open-pulls.test.ts"], justified: 0 },
  { file: "src/remediation/before-plan.ts", tests: [...waiting, "test/remediation/before-plan.test.ts"], justified: 1 },
  { file: "src/remediation/before-merge.ts", tests: waiting, justified: 0 },
  { file: "src/remediation/merge-decision.ts", tests: [...waiting, "test/remediation/reviews.test.ts"], justified: 1 },
  { file: "src/remediation/after-merge.ts", tests: steps, justified: 0 },
  {
    file: "src/remediation/approvals.ts",
    tests: [
      "test/remediation/reviews.test.ts",
      "test/remediation/approvals.test.ts",
      "test/remediation/before-merge.test.ts",
    ],
    justified: 1,
  },
  { file: "src/server/intake/matches-secret.ts", tests: intake, justified: 0 },
  { file: "src/server/intake/read-json.ts", tests: intake, justified: 1 },
  { file: "src/server/intake/github-delivery.ts", tests: intake, justified: 1 },
  { file: "src/server/intake/hook-delivery.ts", tests: intake, justified: 3 },
  {
    file: "src/server/intake/body-reader.ts",
    tests: ["test/server/intake/hostile-bodies.test.ts", "test/server/intake/body-reader.test.ts"],
    justified: 0,
  },
  { file: "src/github/repository-name.ts", tests: ["test/github/repository-name.test.ts"], justified: 4 },
  {
    file: "src/github/merge-pull.ts",
    tests: ["test/github/merge.test.ts", "test/github/merge-within.test.ts"],
    justified: 0,
  },
  { file: "src/github/view-pull.ts", tests: [...github, "test/github/closed-pulls.test.ts"], justified: 0 },
  { file: "src/github/view-checks.ts", tests: ["test/github/checks.test.ts"], justified: 1 },
  { file: "src/github/view-issue.ts", tests: ["test/github/issue.test.ts"], justified: 0 },
  { file: "src/remediation/call-again.ts", tests: ["test/remediation/call-again.test.ts"] },
  { file: "src/remediation/dashboard/ticks.ts", tests: ["test/remediation/ticks.test.ts"] },
  {
    file: "src/remediation/onboarding/next-onboarding.ts",
    tests: ["test/remediation/onboarding/next-onboarding.test.ts"],
  },
  { file: "src/remediation/comments/obey.ts", tests: ["test/remediation/comments/obey.test.ts"] },
  {
    file: "src/remediation/comments/while-asked.ts",
    tests: ["test/remediation/comments/while-asked.test.ts"],
    justified: 3,
  },
  {
    file: "src/remediation/comments/pending-comment.ts",
    tests: ["test/remediation/comments/while-asked.test.ts"],
    justified: 1,
  },
  {
    file: "src/remediation/comments/command-lines.ts",
    tests: ["test/remediation/comments/command-lines.test.ts"],
    justified: 4,
  },
  {
    file: "src/remediation/comments/parse-directive.ts",
    tests: ["test/remediation/comments/parse-directive.test.ts"],
    justified: 1,
  },
];

/** Every shape that a well-formed file of runbook tests may have, as plain data. */
import fc from "fast-check";
import { tiers } from "../../../src/authority/verdict.ts";
import { reasonCodes } from "../../../src/reason.ts";
import { name } from "../any-authority.ts";

const path = fc.constantFrom("fixtures/checkout-errors.json", "fixtures/checkout", "a", "..a/b..c");
const rest = { repository: path, history: path, ledger: path, at: fc.constantFrom("2026-11-20T17:00:00Z") };
const requiredKeys = ["repository", "at"] as const;

const oneCase = fc.record({
  name: fc.constantFrom("the Friday freeze asks a person", "x"),
  given: fc.oneof(
    fc.record({ alert: path, ...rest }, { requiredKeys: ["alert", ...requiredKeys] }),
    fc.record({ deployment: path, ...rest }, { requiredKeys: ["deployment", ...requiredKeys] }),
    fc.record(
      { command: fc.constant("/remit rollback checkout"), ...rest },
      { requiredKeys: ["command", ...requiredKeys] },
    ),
  ),
  expect: fc.record(
    {
      outcome: fc.constantFrom("change", "abstain"),
      tier: fc.constantFrom(...tiers),
      reasons: fc.array(fc.constantFrom(...reasonCodes), { minLength: 1, maxLength: 3 }),
      diff: path,
    },
    { requiredKeys: ["outcome"] },
  ),
});

export const anyRunbookTest = fc.record(
  {
    apiVersion: fc.constant("remit.dev/v1alpha1"),
    kind: fc.constant("RunbookTest"),
    metadata: fc.record({ name }),
    spec: fc.record({ cases: fc.array(oneCase, { minLength: 1, maxLength: 3 }) }),
  },
  { requiredKeys: ["apiVersion", "kind", "spec"] },
);

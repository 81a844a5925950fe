/** Every check, in the order in which they are told. */
import type { Check } from "./check.ts";
import { addsOnly } from "./checks/adds-only.ts";
import { allowedPaths } from "./checks/allowed-paths.ts";
import { approvals } from "./checks/approvals.ts";
import { canonicalForm } from "./checks/canonical-form.ts";
import { chain } from "./checks/chain.ts";
import { completeness } from "./checks/completeness.ts";
import { freezeAndStop } from "./checks/freeze-and-stop.ts";
import { gaps } from "./checks/gaps.ts";
import { incidentsEnded } from "./checks/incidents-ended.ts";
import { intentFirst } from "./checks/intent-first.ts";
import { limits } from "./checks/limits.ts";
import { linear } from "./checks/linear.ts";
import { mergedAsRecorded } from "./checks/merged-as-recorded.ts";
import { policyBytes } from "./checks/policy-bytes.ts";
import { policyVersions } from "./checks/policy-versions.ts";
import { reExecuted } from "./checks/re-executed.ts";
import { times } from "./checks/times.ts";

/** What the ledger alone tells. */
export const structuralChecks: readonly Check[] = [chain, gaps, canonicalForm, addsOnly, linear];

export const checks: readonly Check[] = [
  ...structuralChecks,
  intentFirst,
  mergedAsRecorded,
  allowedPaths,
  completeness,
  policyBytes,
  policyVersions,
  reExecuted,
  limits,
  freezeAndStop,
  approvals,
  times,
  incidentsEnded,
];

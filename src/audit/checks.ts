/** Every check, in the order in which they are told. */
import type { Check } from "./check.ts";
import { addsOnly } from "./checks/adds-only.ts";
import { canonicalForm } from "./checks/canonical-form.ts";
import { chain } from "./checks/chain.ts";
import { gaps } from "./checks/gaps.ts";
import { linear } from "./checks/linear.ts";

/** What the ledger alone tells. */
export const structuralChecks: readonly Check[] = [chain, gaps, canonicalForm, addsOnly, linear];

export const checks: readonly Check[] = [...structuralChecks];

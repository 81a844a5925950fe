/** Runs the checks one after the other: each sees everything and none of the others. */
import type { Audit } from "./audit.ts";
import type { Check, CheckResult } from "./check.ts";
import { checks } from "./checks.ts";
import { Examination } from "./examination.ts";

export interface VerifyOptions {
  readonly checks?: readonly Check[];
  /** Findings of one check that are told one by one; the first 20 otherwise. */
  readonly kept?: number;
  /** Told before each check. */
  readonly progress?: (done: number, of: number) => void;
}

export async function verifyLedger(audit: Audit, options: VerifyOptions = {}): Promise<readonly CheckResult[]> {
  const all = options.checks ?? checks;
  const results: CheckResult[] = [];
  for (const check of all) {
    options.progress?.(results.length, all.length);
    const seen = new Examination(options.kept);
    await check.run(audit, seen);
    results.push(seen.result(check));
  }
  return results;
}

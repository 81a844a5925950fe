/** One remediation of the past, as the trailers of a merged Remit commit tell it. Limits are counted from these. */
import type { Instant } from "../clock.ts";

export interface RemediationRecord {
  readonly commit: string;
  readonly at: Instant;
  readonly incident: string;
  /** When the incident was opened, as the commit says it. */
  readonly detectedAt?: Instant | undefined;
  readonly action: string;
  /** `checkout/production`. */
  readonly target: string;
  readonly tier: string;
  /** Candidate digest. */
  readonly candidate: string;
  /** `built-in`, or names joined by `+`; undefined for commits of before runbooks. */
  readonly runbook?: string | undefined;
  /** Digests of what it changed, before and after. */
  readonly change?: { readonly from: string; readonly to: string } | undefined;
  /** Of a mitigation that ends. */
  readonly lease?:
    | {
        readonly expiresAt: Instant;
        readonly holder: string;
        readonly why: string;
        /** The only files that are taken back; all of the change without it. */
        readonly paths: readonly string[] | undefined;
      }
    | undefined;
  /** `spec.version` of the policy that it was decided by. */
  readonly policyVersion?: number | undefined;
}

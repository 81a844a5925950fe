import type { Instant } from "../clock.ts";

/** What limits are counted from: one remediation that was merged. The ledger's records have this shape. */
export interface PastRemediation {
  readonly at: Instant;
  /** Incident id. */
  readonly incident: string;
  /** `checkout/production`. */
  readonly target: string;
  /** `rollback` and its like, or `undo`. */
  readonly action?: string;
  /** The runbooks that it followed, joined by `+`. */
  readonly runbook?: string | undefined;
  /** Digests of what it changed, before and after: equal digests are equal values of the same fields. */
  readonly change?: { readonly from: string; readonly to: string } | undefined;
}

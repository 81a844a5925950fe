import type { Instant } from "../clock.ts";

/** What limits are counted from: one remediation that was merged. The ledger's records have this shape. */
export interface PastRemediation {
  readonly at: Instant;
  /** Incident id. */
  readonly incident: string;
  /** `checkout/production`. */
  readonly target: string;
}

/** One alerting rule's life: inactive, pending for a while, firing, inactive again. Prometheus' semantics. Pure. */
import type { Instant } from "../../clock.ts";

export type AlertState =
  | { readonly kind: "inactive"; readonly resolved?: { readonly firedAt: Instant; readonly at: Instant } }
  | { readonly kind: "pending"; readonly since: Instant }
  | { readonly kind: "firing"; readonly firedAt: Instant };

export interface AlertRule {
  /** Fires above this value. */
  readonly threshold: number;
  /** How long it must hold before it fires. */
  readonly forMs: number;
}

/** A missing value means that the rule's expression has no result, which ends the alert. */
export function nextAlertState(
  state: AlertState,
  rule: AlertRule,
  value: number | undefined,
  now: Instant,
): AlertState {
  const breached = value !== undefined && value > rule.threshold;
  if (!breached) {
    if (state.kind === "firing") return { kind: "inactive", resolved: { firedAt: state.firedAt, at: now } };
    return state.kind === "pending" ? { kind: "inactive" } : state;
  }
  if (state.kind === "firing") return state;
  const since = state.kind === "pending" ? state.since : now;
  return now - since >= rule.forMs ? { kind: "firing", firedAt: now } : { kind: "pending", since };
}

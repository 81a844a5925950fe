/** What Remit may do with a candidate: a minimum over operands, each of which can only lower it. */
import type { Reason } from "../reason.ts";

/** In rising order: watch; comment; pull request for review; merge after a veto window; merge now. */
export const tiers = ["observe", "suggest", "propose", "delay", "merge"] as const;
export type Tier = (typeof tiers)[number];

export interface Verdict {
  readonly tier: Tier;
  /** Every operand, with the tier that it allows and why. Never empty. */
  readonly operands: readonly Operand[];
  /** Digest of the policy that was read, and the revision it was read at. */
  readonly policy: { readonly digest: string; readonly revision: string; readonly version: number | undefined };
  /** For tier `propose`: how many approvals, and with which permission. */
  readonly approvals: { readonly count: number; readonly permission: "write" | "maintain" | "admin" };
  /** For tier `delay`: how long people may object, in milliseconds. */
  readonly vetoWindowMs: number;
}

export interface Operand {
  readonly name:
    | "grant"
    | "path"
    | "size"
    | "evidence"
    | "risk"
    | "cooldown"
    | "attempts"
    | "stop"
    | "breaker"
    | "pulls"
    | "model"
    | "policy";
  readonly tier: Tier;
  readonly reason: Reason;
}

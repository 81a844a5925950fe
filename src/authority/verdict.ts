/** What Remit may do with a candidate: a minimum over operands, each of which can only lower it. */
import type { Reason } from "../reason.ts";
import type { EscalateAgain } from "./runbooks/runbook.ts";

/** In rising order: watch; comment; pull request for review; merge after a veto window; merge now. */
export const tiers = ["observe", "suggest", "propose", "delay", "merge"] as const;
export type Tier = (typeof tiers)[number];

export interface Verdict {
  readonly tier: Tier;
  /** Every operand, with the tier that it allows and why. Never empty. */
  readonly operands: readonly Operand[];
  /** Digest of the policy that was read, and the revision it was read at. */
  readonly policy: { readonly digest: string; readonly revision: string; readonly version: number | undefined };
  /** What holds for the incident: `built-in` where no runbook of the repository does, several joined by `+`. */
  readonly runbook?: {
    readonly name: string;
    /** undefined: what remit.yaml says. In milliseconds, and consecutive observations. */
    readonly verify: { readonly withinMs: number | undefined; readonly consecutive: number | undefined };
    /** Logins and teams. */
    readonly escalateTo: readonly string[];
    readonly escalateAgain?: EscalateAgain;
  };
  /** For tier `propose`: how many approvals, with which permission, and how long ago at most, in milliseconds. */
  readonly approvals: {
    readonly count: number;
    readonly permission: "write" | "maintain" | "admin";
    readonly maxAgeMs: number;
  };
  /** For tier `delay`: how long people may object, in milliseconds. */
  readonly vetoWindowMs: number;
}

export interface Operand {
  readonly name: OperandName;
  readonly tier: Tier;
  readonly reason: Reason;
}

export type OperandName =
  | "stop"
  | "policy"
  | "grant"
  | "when"
  | "mode"
  | "runbook"
  | "class"
  | "path"
  | "size"
  | "step"
  | "render"
  | "risk"
  | "evidence"
  | "freeze"
  | "delivery"
  | "cooldown"
  | "attempts"
  | "rate"
  | "flip-flop"
  | "breaker"
  | "storm"
  | "pulls"
  | "model";

/**
 * What Remit may do with a candidate: the minimum over operands. Each operand answers for itself and sees no other, so
 * none of them can raise the tier. All of them are listed, those that allow everything too.
 */
import type { Candidate } from "../actions/candidate.ts";
import type { Instant } from "../clock.ts";
import type { Incident } from "../incidents/incident.ts";
import type { Reason } from "../reason.ts";
import type { Authority } from "./authority.ts";
import { breakerOperand } from "./breaker-operand.ts";
import { changeOperands } from "./change-operands.ts";
import { defaultLimits, defaultRequires, defaultVetoWindowMs, evidenceMaxAgeMs } from "./defaults.ts";
import { evidenceOperand } from "./evidence-operand.ts";
import { limitOperands } from "./limit-operands.ts";
import { matchingGrant } from "./matching-grant.ts";
import { minimumTier } from "./minimum-tier.ts";
import type { PastRemediation } from "./past-remediation.ts";
import type { PolicyMistake } from "./policy-mistake.ts";
import { grantOperand, policyOperand } from "./policy-operands.ts";
import { pullsOperand } from "./pulls-operand.ts";
import type { Storm } from "./storm.ts";
import type { Operand, Verdict } from "./verdict.ts";

/** The policy as it was found at one revision of the base branch. */
export type AuthorityState =
  | { readonly kind: "present"; readonly authority: Authority; readonly digest: string; readonly revision: string }
  | { readonly kind: "missing"; readonly revision: string }
  | { readonly kind: "invalid"; readonly revision: string; readonly mistakes: readonly PolicyMistake[] };

export interface DecideInput {
  readonly candidate: Candidate;
  readonly authority: AuthorityState;
  /** Remediations of the past, from git; `unreadable` when they couldn't be counted. */
  readonly records: readonly PastRemediation[] | "unreadable";
  readonly stop: { readonly active: boolean; readonly reason?: Reason | undefined };
  /** How much else is sick; `unreadable` when it couldn't be counted. */
  readonly storm: Storm | "unreadable";
  readonly now: Instant;
  readonly incident: Incident;
  /** Remediations that this incident has had so far, without this one. */
  readonly attempts: number;
  readonly kind: "fix" | "undo";
  readonly evidenceMaxAgeMs?: number;
}

export function decide(input: DecideInput): Verdict {
  const { candidate, authority } = input;
  const grant =
    authority.kind === "present" ? matchingGrant(authority.authority, candidate.action, candidate.target) : undefined;
  const limits = grant?.limits ?? defaultLimits;
  const operands: readonly Operand[] = [
    stopOperand(input.stop),
    policyOperand(authority),
    grantOperand(grant, candidate),
    ...changeOperands(candidate, limits),
    evidenceOperand({ ...input, maxAgeMs: input.evidenceMaxAgeMs ?? evidenceMaxAgeMs }),
    ...limitOperands(input, limits),
    breakerOperand(input.storm),
    pullsOperand(input.storm, input.kind),
  ];
  return {
    tier: minimumTier(operands.map(({ tier }) => tier)),
    operands,
    policy: {
      digest: authority.kind === "present" ? authority.digest : authority.kind,
      revision: authority.revision,
      version: authority.kind === "present" ? authority.authority.version : undefined,
    },
    approvals: {
      count: grant?.requires.approvals ?? defaultRequires.approvals,
      permission: grant?.requires.permission ?? defaultRequires.permission,
    },
    vetoWindowMs: grant?.vetoWindowMs ?? defaultVetoWindowMs,
  };
}

function stopOperand({ active, reason }: DecideInput["stop"]): Operand {
  if (!active)
    return { name: "stop", tier: "merge", reason: { code: "within-limits", message: "no stop switch is on" } };
  const unnamed: Reason = { code: "stop-environment", message: "a stop switch is on" };
  return { name: "stop", tier: "observe", reason: reason ?? unnamed };
}

/**
 * What Remit may do with a change: the minimum over operands. Each operand answers for itself and sees no other, so
 * none of them can raise the tier. All of them are listed, those that allow everything too.
 */
import type { Instant } from "../clock.ts";
import type { Incident } from "../incidents/incident.ts";
import type { Reason } from "../reason.ts";
import type { Authority } from "./authority.ts";
import { breakerOperands } from "./breaker-operands.ts";
import type { Change } from "./change.ts";
import { changeOperands } from "./change-operands.ts";
import type { KnownFacts } from "./conditions/condition-facts.ts";
import { holdsFor } from "./conditions/holds-for.ts";
import { evidenceMaxAgeMs } from "./defaults.ts";
import { deliveryOperand } from "./delivery-operand.ts";
import { evidenceOperand } from "./evidence-operand.ts";
import { freezeOperand } from "./freeze/freeze-operand.ts";
import { grantForAll } from "./grant-for-all.ts";
import { limitOperands, type Records, targetsOf } from "./limit-operands.ts";
import { minimumTier } from "./minimum-tier.ts";
import type { PolicyMistake } from "./policy-mistake.ts";
import { grantOperands, policyOperand } from "./policy-operands.ts";
import { pullsOperand } from "./pulls-operand.ts";
import { type EffectiveRunbook, matchingRunbook } from "./runbooks/matching-runbook.ts";
import type { RunbookState } from "./runbooks/runbook.ts";
import { runbookOperands } from "./runbooks/runbook-operands.ts";
import type { Storm } from "./storm.ts";
import { stormOperand } from "./storm-operand.ts";
import type { Operand, Verdict } from "./verdict.ts";

/** The policy as it was found at one revision of the base branch. */
export type AuthorityState =
  | {
      readonly kind: "present";
      readonly authority: Authority;
      readonly digest: string;
      readonly revision: string;
      /** Where it has to be signed: by whom it is, as the deployment calls them. */
      readonly signers?: readonly string[];
    }
  | AbsentAuthority;

/** `mustBeSigned`: the deployment asks for signatures, so what was in force before may have allowed less than no policy does. */
type AbsentAuthority = { readonly revision: string; readonly mustBeSigned?: true } & (
  | { readonly kind: "missing" }
  | { readonly kind: "invalid"; readonly mistakes: readonly PolicyMistake[] }
  /** Older than one that was in force before. */
  | { readonly kind: "replayed"; readonly version: number; readonly newest: number }
  /** Another text than the one that was in force under the same version. */
  | { readonly kind: "reused"; readonly version: number }
  /** By too few for what it allows. */
  | { readonly kind: "unsigned"; readonly signers: readonly string[]; readonly threshold: number }
);

export interface DecideInput {
  readonly candidate: Change;
  readonly authority: AuthorityState;
  /** Only the built-in one where they are left out. */
  readonly runbooks?: RunbookState;
  /** Remediations of the past in this repository, from git; `unreadable` when they couldn't be counted. */
  readonly records: Records;
  /** Those of every repository of the installation; this repository's where they are left out. */
  readonly installation?: Records | undefined;
  /** When a person last changed the policy. */
  readonly rearmedAt?: Instant | undefined;
  readonly stop: { readonly active: boolean; readonly reason?: Reason | undefined };
  /** How much else is sick; `unreadable` when it couldn't be counted. */
  readonly storm: Storm | "unreadable";
  readonly now: Instant;
  /** undefined: no trouble is known that speaks for the change. */
  readonly incident: Incident | undefined;
  /** Remediations that this incident has had so far, without this one. */
  readonly attempts: number;
  readonly kind: "fix" | "undo";
  /** For expressions. */
  readonly facts?: KnownFacts | undefined;
  /** Why a controller wouldn't apply the change now. */
  readonly deliveryBlocked?: readonly Reason[];
  /** What was judged elsewhere. As every operand, they can only lower the tier. */
  readonly further?: readonly Operand[];
  readonly evidenceMaxAgeMs?: number;
}

export function decide(input: DecideInput): Verdict {
  const { candidate, authority, runbooks = noRunbooks } = input;
  const holds = holdsFor(input);
  const policy = authority.kind === "present" ? authority.authority : undefined;
  const grants = grantForAll(policy, candidate.action, targetsOf(candidate), holds);
  const { limits, requires, vetoWindowMs } = grants.terms;
  const runbook = matchingRunbook(runbooks.kind === "present" ? runbooks.runbooks : [], input.incident);
  const windows = policy?.freeze ?? [];
  const operands: readonly Operand[] = [
    stopOperand(input.stop),
    policyOperand(authority),
    ...grantOperands(grants, candidate),
    ...runbookOperands({ ...input, runbooks, runbook, change: candidate, holds }),
    ...changeOperands(candidate, limits),
    evidenceOperand({ ...input, required: runbook.evidence, maxAgeMs: input.evidenceMaxAgeMs ?? evidenceMaxAgeMs }),
    freezeOperand({ windows, action: candidate.action, targets: targetsOf(candidate), now: input.now }),
    deliveryOperand(input.deliveryBlocked ?? []),
    ...limitOperands(input, limits),
    ...breakerOperands({ ...input, runbooks: runbook.names }),
    stormOperand(input.storm),
    pullsOperand(input.storm, input.kind),
    ...(input.further ?? []),
  ];
  return {
    tier: minimumTier(operands.map(({ tier }) => tier)),
    operands,
    policy: {
      digest: authority.kind === "present" ? authority.digest : authority.kind,
      revision: authority.revision,
      version: policy?.version,
    },
    runbook: { name: runbook.names.join("+"), ...inForce(runbook) },
    approvals: { count: requires.approvals, permission: requires.permission, maxAgeMs: requires.maxAgeMs },
    vetoWindowMs,
  };
}

function inForce({ verify, escalateTo, escalateAgain }: EffectiveRunbook) {
  return { verify, escalateTo, ...(escalateAgain === undefined ? {} : { escalateAgain }) };
}

const noRunbooks: RunbookState = { kind: "present", runbooks: [] };

function stopOperand({ active, reason }: DecideInput["stop"]): Operand {
  if (!active)
    return { name: "stop", tier: "merge", reason: { code: "within-limits", message: "no stop switch is on" } };
  const unnamed: Reason = { code: "stop-environment", message: "a stop switch is on" };
  return { name: "stop", tier: "observe", reason: reason ?? unnamed };
}

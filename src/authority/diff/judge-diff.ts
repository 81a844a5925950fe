/**
 * How far Remit might go with a diff, whoever wrote it, by the base's policy: the minimum over operands, as in `decide`. What
 * depends on the moment (evidence, cooldowns, stop switches) isn't asked, so the same two commits always get the same answer, and
 * it is never less strict than the policy.
 */
import { actionsOfRole } from "../../actions/actions-of-role.ts";
import type { RenderedEffect } from "../../actions/effect/rendered-effect.ts";
import type { Reason } from "../../reason.ts";
import { type Target, targetName } from "../../target.ts";
import type { Authority, Limits } from "../authority.ts";
import type { AuthorityState } from "../decide.ts";
import { defaultLimits } from "../defaults.ts";
import { lowest } from "../lowest.ts";
import { type EffectiveGrant, matchingGrant } from "../matching-grant.ts";
import { minimumTier } from "../minimum-tier.ts";
import { modeTier, policyOperand } from "../policy-operands.ts";
import { renderOperands } from "../render-operand.ts";
import { sizeOperand } from "../size-operand.ts";
import { stepOperands } from "../step-operand.ts";
import { strictestLimits } from "../strictest-limits.ts";
import type { Tier } from "../verdict.ts";
import type { DiffClassification } from "./diff-change.ts";

export interface DiffVerdict {
  readonly tier: Tier;
  /** Failure: Remit might not even propose this, and no approval changes that. */
  readonly conclusion: "success" | "failure";
  /** What the check run says: a failure only where policy makes the gate required, and otherwise for information. */
  readonly check: "success" | "neutral" | "failure";
  /** One line without foreign text, for the list of checks. */
  readonly title: string;
  readonly operands: readonly DiffOperand[];
  readonly rollback: Rollback;
  readonly policy: { readonly digest: string; readonly revision: string; readonly version: number | undefined };
}

export interface DiffOperand {
  readonly name: "policy" | "path" | "grant" | "size" | "step" | "render" | "diff" | "rollback";
  readonly tier: Tier;
  readonly reason: Reason;
}

export interface Rollback {
  /** Would taking the change back bring back what was? `unknown` where the change itself can't be told. */
  readonly safe: "yes" | "no" | "unknown";
  readonly reasons: readonly Reason[];
}

export interface JudgeInput {
  readonly classification: DiffClassification;
  readonly authority: AuthorityState;
  /** What the commits' history leaves open. */
  readonly doubts: readonly Reason[];
  /** Where somebody asked for that. */
  readonly rendering?: DiffRendering | undefined;
}

/** What renderers show of a diff. */
export interface DiffRendering {
  /** undefined where it isn't as declared: `doubts` say how. */
  readonly effect: RenderedEffect | undefined;
  /** What isn't as the files declare it, or reaches further. */
  readonly doubts: readonly Reason[];
}

export function judgeDiff({ classification, authority, doubts, rendering }: JudgeInput): DiffVerdict {
  const { denied, hazards } = classification;
  const unclear = [...doubts, ...classification.unclear];
  const grants = authority.kind === "present" ? grantsFor(authority.authority, classification) : [];
  const limits = limitsOf(grants);
  const policy = policyOperand(authority);
  const operands: readonly DiffOperand[] = [
    { name: "policy", tier: policy.tier, reason: policy.reason },
    ...operandsOf("path", "observe", denied, "no denied path"),
    ...grantOperands(grants),
    sizeOf(classification, limits),
    ...stepOperandsOf(classification, limits),
    ...renderOperandsOf(limits, rendering),
    ...operandsOf("diff", "propose", unclear, "every change is known for what it is"),
    ...operandsOf("rollback", "propose", hazards, "taking it back brings back what was"),
  ];
  const { tier, reason } = lowest(operands);
  const conclusion = tier === "observe" || tier === "suggest" ? "failure" : "success";
  return {
    tier,
    conclusion,
    check: conclusion === "success" ? "success" : isRequired(authority) ? "failure" : "neutral",
    title: titleFor(tier, reason),
    operands,
    rollback: rollbackOf(hazards, [...denied, ...unclear]),
    policy: {
      digest: authority.kind === "present" ? authority.digest : authority.kind,
      revision: authority.revision,
      version: authority.kind === "present" ? authority.authority.version : undefined,
    },
  };
}

/** A policy that can't be read asks for nothing, and grants nothing. */
function isRequired(authority: AuthorityState): boolean {
  return authority.kind === "present" && authority.authority.gate === "required";
}

interface Granted {
  readonly target: Target;
  /** undefined: an action has none. */
  readonly grants: readonly (EffectiveGrant | undefined)[];
}

/** A diff doesn't say which action it is, so the least that any action would be granted there counts that may have made it. */
function grantsFor(authority: Authority, { targets, changes }: DiffClassification): readonly Granted[] {
  const possible = new Set(["rollback", ...changes.flatMap(({ role }) => actionsOfRole(role))]);
  return targets.map((target) => ({
    target,
    grants: [...possible].map((action) => matchingGrant(authority, action, target, () => false)),
  }));
}

/** Of what allows as little as anything else, that is told first which keeps a grant from allowing more. */
function grantOperands(granted: readonly Granted[]): readonly DiffOperand[] {
  return granted.map(({ target, grants }) => {
    const reached = grants.map((grant) => (grant === undefined ? uncovered(target) : reachOf(grant, target)));
    return { name: "grant", ...lowest([...reached.filter(({ reason }) => reason.code !== "grant"), ...reached]) };
  });
}

type Reach = Pick<DiffOperand, "tier" | "reason">;

function uncovered(target: Target): Reach {
  const message = `no grant covers every action on ${targetName(target)}`;
  return { tier: "suggest", reason: { code: "no-grant", message } };
}

/** What is granted, less what it leaves to modes and to conditions that only an incident could meet. */
function reachOf({ names, tier, mode, failed }: EffectiveGrant, target: Target): Reach {
  const granted = `${targetName(target)}: ${tier} by ${names.join(" and ")}`;
  if (mode !== "enforce") {
    const does = mode === "audit" ? "only recorded" : "proposed at most";
    const reason: Reason = { code: "mode", message: `${granted}, and in mode ${mode} that is ${does}` };
    return { tier: minimumTier([tier, modeTier[mode]]), reason };
  }
  if (failed.length === 0) return { tier, reason: { code: "grant", message: granted } };
  const reason: Reason = { code: "condition-false", message: `${granted}, which rests on an incident` };
  return { tier: minimumTier([tier, "propose"]), reason };
}

/** The strictest, and the defaults where an action has no grant. */
function limitsOf(granted: readonly Granted[]): Limits {
  const granting = granted.flatMap(({ grants }) => grants.map((grant) => grant?.limits ?? defaultLimits));
  return granting.length === 0 ? defaultLimits : strictestLimits(granting);
}

function sizeOf({ files, lines, targets }: DiffClassification, limits: Limits): DiffOperand {
  if (files === 0)
    return { name: "size", tier: "propose", reason: { code: "change-too-large", message: "the change is empty" } };
  return { ...sizeOperand({ files, lines, targets: targets.length }, limits), name: "size" };
}

/** Unless it was rendered a person looks where the policy asks for that. What is seen otherwise than declared is looked at anyway. */
function renderOperandsOf(limits: Limits, rendering: DiffRendering = notRendered): readonly DiffOperand[] {
  const { effect: rendered, doubts } = rendering;
  const asked = doubts.length > 0 || rendered === undefined ? [] : renderOperands({ rendered }, limits);
  return [
    ...asked.map(({ tier, reason }) => ({ name: "render", tier, reason }) as const),
    ...doubts.map((reason) => ({ name: "render", tier: "propose", reason }) as const),
  ];
}

const notRendered: DiffRendering = { effect: { kind: "not-rendered", why: "nobody asked the gate to" }, doubts: [] };

/** A number that rises may come from a scaling or a resizing, and those go step by step. */
function stepOperandsOf({ changes }: DiffClassification, limits: Limits): readonly DiffOperand[] {
  const effects = changes.flatMap(({ role, from, to }) =>
    (role === "replicas" || role === "resource") && from !== undefined && to !== undefined
      ? [{ role, before: unquoted(from), after: unquoted(to) }]
      : [],
  );
  if (effects.length === 0) return [];
  return stepOperands({ action: "scale", effects }, limits).map(({ tier, reason }) => ({ name: "step", tier, reason }));
}

function unquoted(text: string): string {
  return /^(["'])(.*)\1$/s.exec(text)?.[2] ?? text;
}

/** What is told of each kind; the rest is counted. */
const told = 8;

function operandsOf(
  name: DiffOperand["name"],
  tier: Tier,
  reasons: readonly Reason[],
  fine: string,
): readonly DiffOperand[] {
  if (reasons.length === 0) return [{ name, tier: "merge", reason: { code: "within-limits", message: fine } }];
  const rest = reasons
    .slice(told, told + 1)
    .map(({ code }) => ({ code, message: `${reasons.length - told} more of this kind` }));
  return [...reasons.slice(0, told), ...rest].map((reason) => ({ name, tier, reason }));
}

function rollbackOf(hazards: readonly Reason[], unclear: readonly Reason[]): Rollback {
  if (hazards.length > 0) return { safe: "no", reasons: hazards };
  return unclear.length > 0 ? { safe: "unknown", reasons: unclear } : { safe: "yes", reasons: [] };
}

function titleFor(tier: Tier, { code }: Reason): string {
  switch (tier) {
    case "observe":
      return `denied: ${code}`;
    case "suggest":
      return `not granted: ${code}`;
    case "propose":
      return `needs a review: ${code}`;
    case "delay":
      return "granted after a veto window";
    case "merge":
      return "granted";
  }
}

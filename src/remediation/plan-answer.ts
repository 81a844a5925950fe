/** A plan as `remit plan` tells it. */
import type { Candidate } from "../actions/candidate.ts";
import type { ObjectEffect } from "../actions/effect/rendered-effect.ts";
import { tierIfEnforced } from "../authority/tier-if-enforced.ts";
import type { Tier, Verdict } from "../authority/verdict.ts";
import type { Instant } from "../clock.ts";
import type { Suspect } from "../diagnosis/diagnosis.ts";
import type { Reason } from "../reason.ts";
import type { Target } from "../target.ts";
import { unifiedDiff } from "./prose/unified-diff.ts";

export interface PlanAnswer {
  readonly outcome: "change" | "abstain";
  readonly reasons: readonly Reason[];
  /** 0 to 1. */
  readonly confidence: number;
  readonly target: Target | undefined;
  readonly action: string | undefined;
  readonly tier: Tier | undefined;
  /** What it would be if every grant were in force; undefined where no mode keeps anything back. */
  readonly enforced: Tier | undefined;
  readonly title: string | undefined;
  readonly suspects: readonly { readonly commit: string; readonly score: number; readonly why: readonly string[] }[];
  /** The whole new text of each changed file; null for one that goes away. */
  readonly files: readonly { readonly path: string; readonly content: string | null }[];
  /** A unified diff of them. */
  readonly patch: string;
  /** What it does to the objects that a controller applies, as far as it is rendered. */
  readonly effect: readonly ObjectEffect[];
  /** What rendered it, each with its version, or why nobody did; undefined without a change, and where nobody looked. */
  readonly rendered: { readonly by: readonly string[] } | { readonly not: string } | undefined;
  /** When what it does ends; undefined where it is for good. */
  readonly expiresAt?: Instant;
}

export function planned(candidate: Candidate, verdict: Verdict, suspects: readonly Suspect[] = []): PlanAnswer {
  const { lease } = candidate;
  return {
    outcome: "change",
    reasons: [...candidate.reasons, ...candidate.risks, ...verdict.operands.map(({ reason }) => reason)],
    confidence: candidate.confidence,
    target: candidate.target,
    action: candidate.action,
    tier: verdict.tier,
    enforced: tierIfEnforced(verdict),
    title: candidate.title,
    suspects: suspects.map(told),
    files: candidate.files.map(({ path, after }) => ({ path, content: after ?? null })),
    patch: candidate.files.map((file) => `${unifiedDiff(file)}\n`).join(""),
    ...renderedOf(candidate),
    ...(lease === undefined ? {} : { expiresAt: lease.expiresAt }),
  };
}

export function abstained(reasons: readonly Reason[], target?: Target, suspects: readonly Suspect[] = []): PlanAnswer {
  return {
    outcome: "abstain",
    reasons,
    confidence: 0,
    target,
    action: undefined,
    tier: undefined,
    enforced: undefined,
    title: undefined,
    suspects: suspects.map(told),
    files: [],
    patch: "",
    effect: [],
    rendered: undefined,
  };
}

export function renderedOf({ rendered }: Pick<Candidate, "rendered">): Pick<PlanAnswer, "effect" | "rendered"> {
  if (rendered?.kind === "rendered") return { effect: rendered.effects, rendered: { by: rendered.by } };
  return { effect: [], rendered: rendered && { not: rendered.why } };
}

function told({ commit, score, why }: Suspect): PlanAnswer["suspects"][number] {
  return { commit, score, why };
}

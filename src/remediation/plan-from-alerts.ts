/** The plan for alerts that nobody has stored: resolve, correlate, decide. The whole of `remit plan`, without its output. */
import { tierIfEnforced } from "../authority/tier-if-enforced.ts";
import type { Tier } from "../authority/verdict.ts";
import type { Instant } from "../clock.ts";
import type { Reason } from "../reason.ts";
import type { Signal } from "../signals/signal.ts";
import type { Target } from "../target.ts";
import { incidentFromAlerts } from "./incident-from-alerts.ts";
import { makePlan, type PlanInput } from "./make-plan.ts";
import { unifiedDiff } from "./prose/unified-diff.ts";
import type { RepositoryReader } from "./repository-reader.ts";
import { defaultSettings } from "./settings.ts";

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
}

export interface PlanFromAlertsInput {
  readonly reader: RepositoryReader;
  readonly revision: string;
  readonly signals: readonly Signal[];
  readonly now: Instant;
  /** `decide`, for whoever wants to see what is asked of it. */
  readonly decide?: PlanInput["decide"];
}

export async function planFromAlerts(input: PlanFromAlertsInput): Promise<PlanAnswer> {
  const { reader, revision, now } = input;
  const found = await incidentFromAlerts(reader, revision, input.signals);
  if ("reason" in found) return abstained([found.reason]);
  const { incident, among } = found;
  const plan = await makePlan({
    reader,
    revision,
    incident,
    among,
    syncs: [],
    stop: undefined,
    storm: { sickServices: 1, changesUnderWay: 0 },
    attempts: 0,
    settings: defaultSettings,
    now,
    ...(input.decide === undefined ? {} : { decide: input.decide }),
  });
  const suspects = plan.suspects.map(({ commit, score, why }) => ({ commit, score, why }));
  if (plan.outcome.kind === "abstain") return { ...abstained(plan.outcome.reasons), target: incident.target, suspects };
  const { candidate, verdict } = plan.outcome;
  return {
    outcome: "change",
    reasons: [...candidate.reasons, ...candidate.risks, ...verdict.operands.map(({ reason }) => reason)],
    confidence: candidate.confidence,
    target: candidate.target,
    action: candidate.action,
    tier: verdict.tier,
    enforced: tierIfEnforced(verdict),
    title: candidate.title,
    suspects,
    files: candidate.files.map(({ path, after }) => ({ path, content: after ?? null })),
    patch: candidate.files.map((file) => `${unifiedDiff(file)}\n`).join(""),
  };
}

function abstained(reasons: readonly Reason[]): PlanAnswer {
  return {
    outcome: "abstain",
    reasons,
    confidence: 0,
    target: undefined,
    action: undefined,
    tier: undefined,
    enforced: undefined,
    title: undefined,
    suspects: [],
    files: [],
    patch: "",
  };
}

/** The plan for alerts that nobody has stored: resolve, correlate, decide. The whole of `remit plan`, without its output. */
import type { Tier } from "../authority/verdict.ts";
import type { Instant } from "../clock.ts";
import { openTargets } from "../gitops/catalogue/open-targets.ts";
import { resolveTarget } from "../gitops/catalogue/resolve-target.ts";
import { correlate } from "../incidents/correlate.ts";
import type { Incident } from "../incidents/incident.ts";
import type { Reason } from "../reason.ts";
import type { AlertSignal, Signal } from "../signals/signal.ts";
import { type Target, targetName } from "../target.ts";
import { serviceTarget } from "./evidence.ts";
import { makePlan } from "./make-plan.ts";
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
}

export async function planFromAlerts(input: PlanFromAlertsInput): Promise<PlanAnswer> {
  const { reader, revision, now } = input;
  const firing = input.signals.filter((signal) => signal.kind === "alert" && signal.status === "firing");
  const found = await incidentOf(reader, revision, firing.filter(isAlert));
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
    title: candidate.title,
    suspects,
    files: candidate.files.map(({ path, after }) => ({ path, content: after ?? null })),
    patch: candidate.files.map((file) => `${unifiedDiff(file)}\n`).join(""),
  };
}

interface Found {
  readonly incident: Incident;
  readonly among: readonly Target[];
}

/** All alerts must speak of one target. */
async function incidentOf(
  reader: RepositoryReader,
  revision: string,
  alerts: readonly AlertSignal[],
): Promise<Found | { readonly reason: Reason }> {
  const catalogue = await reader.catalogue(revision);
  let incident: Incident | undefined;
  let among: readonly Target[] = [];
  for (const alert of alerts) {
    const resolution = resolveTarget(catalogue, alert.labels);
    const open = openTargets(catalogue, resolution, alert.labels);
    const service = serviceTarget(open);
    if (service === undefined) {
      const names = (resolution.outcome === "resolved" ? [] : resolution.candidates).map(targetName).join(", ");
      const code = resolution.outcome === "none" ? "target-not-found" : "target-ambiguous";
      return { reason: { code, message: `${resolution.why}${names === "" ? "" : `: ${names}`}` } };
    }
    const correlated = correlate(incident === undefined ? [] : [incident], alert, service).incident;
    if (incident !== undefined && correlated?.id !== incident.id) {
      return { reason: { code: "target-ambiguous", message: "the alerts speak of more than one target" } };
    }
    incident = correlated;
    among = among.length === 0 || open.length < among.length ? open : among;
  }
  if (incident !== undefined) return { incident, among };
  return { reason: { code: "labels-insufficient", message: "there is no firing alert" } };
}

function abstained(reasons: readonly Reason[]): PlanAnswer {
  return {
    outcome: "abstain",
    reasons,
    confidence: 0,
    target: undefined,
    action: undefined,
    tier: undefined,
    title: undefined,
    suspects: [],
    files: [],
    patch: "",
  };
}

function isAlert(signal: Signal): signal is AlertSignal {
  return signal.kind === "alert";
}

/** From an incident and a revision to a plan. Reads git, writes nothing: `remit plan` and the reconciler share it. */
import type { ActionResult } from "../actions/candidate.ts";
import type { DecideInput } from "../authority/decide.ts";
import { type EffectiveRunbook, matchingRunbook } from "../authority/runbooks/matching-runbook.ts";
import type { Storm } from "../authority/storm.ts";
import type { Verdict } from "../authority/verdict.ts";
import type { Instant } from "../clock.ts";
import type { Diagnosis, HealthRecord } from "../diagnosis/diagnosis.ts";
import type { Incident } from "../incidents/incident.ts";
import { isExpiry } from "../incidents/lease-alert.ts";
import type { Reason } from "../reason.ts";
import type { SyncSignal } from "../signals/signal.ts";
import { type Target, targetKey, targetName } from "../target.ts";
import { diagnoseTarget } from "./diagnose-target.ts";
import { gatherEvidence, type TargetEvidence } from "./evidence.ts";
import type { Images } from "./images.ts";
import type { InstallationPast } from "./installation-past.ts";
import { judge } from "./judge.ts";
import { narrowTarget } from "./narrow-target.ts";
import { planLeaseEnd } from "./plan-lease-end.ts";
import { basisOf, notedPast } from "./recording/basis.ts";
import type { RepositoryReader } from "./repository-reader.ts";
import type { Plan } from "./response.ts";
import { runAction } from "./run-action.ts";
import type { ResponseSettings } from "./settings.ts";
import { stormAt } from "./storm-at.ts";

export interface PlanInput {
  readonly reader: RepositoryReader;
  /** Head of the base branch. */
  readonly revision: string;
  readonly incident: Incident;
  /** Targets of one service that the alert left open; the incident's own target otherwise. */
  readonly among?: readonly Target[];
  /** Controllers' reports, newest first. */
  readonly syncs: readonly SyncSignal[];
  /** What they said of the target's revisions, where that is known already: then `syncs` don't count. */
  readonly health?: readonly HealthRecord[];
  readonly stop: Reason | undefined;
  /** Remediations that this incident has had. */
  readonly attempts: number;
  readonly elsewhere?: InstallationPast | undefined;
  /** Without the services that the repository has, which it knows itself. */
  readonly storm: Omit<Storm, "knownServices"> | "unreadable";
  readonly settings: ResponseSettings;
  /** undefined: nobody is asked whether images are still there. */
  readonly images?: Images | undefined;
  readonly now: Instant;
  /** `decide`, for whoever wants to see what is asked of it. */
  readonly decide?: (input: DecideInput) => Verdict;
}

/** What doesn't depend on how the change came to be. */
export type Circumstances = Pick<PlanInput, "incident" | "attempts" | "stop" | "storm" | "elsewhere">;

export async function makePlan(input: PlanInput): Promise<Plan> {
  const noted = notedPast(input.elsewhere);
  const asked = { ...input, elsewhere: noted.past };
  if (isExpiry(input.incident)) {
    const plan = await planLeaseEnd(asked);
    return { ...plan, basis: basisOf("alerts", { ...input, kind: "undo" }, noted) };
  }
  const { plan, health } = await planFix(asked);
  return { ...plan, basis: basisOf("alerts", { ...input, kind: "fix", health }, noted) };
}

interface PlannedFix {
  readonly plan: Plan;
  readonly health: readonly HealthRecord[];
}

async function planFix(input: PlanInput): Promise<PlannedFix> {
  const { reader, revision, incident, now, settings } = input;
  const targets = input.among ?? [incident.target];
  const evidence = await gatherEvidence(reader, { revision, targets, syncs: input.syncs, health: input.health, now });
  if (evidence === undefined) {
    const message = `${targetName(incident.target)} is no longer in the repository`;
    return { plan: abstain(input, [], [{ code: "target-not-found", message }]), health: [] };
  }
  const { health } = evidence;
  const { suspectWindowMs } = settings;
  const found = diagnoseTarget(evidence, { incident, suspectWindowMs, now });
  const diagnosis = narrow(found, narrowTarget(evidence, found.suspects[0]?.commit));
  const runbooks = await reader.runbooks(revision);
  const runbook = matchingRunbook(runbooks.kind === "present" ? runbooks.runbooks : [], incident);
  const result = await firstThatApplies(input, evidence, diagnosis, runbook);
  if (result.outcome === "refused") {
    const reasons = distinct([...result.reasons, ...diagnosis.reasons]);
    return { plan: abstain(input, diagnosis.suspects, reasons, runbook), health };
  }
  const { verdict } = await judge({
    reader,
    revision,
    decide: input.decide,
    candidate: result.candidate,
    storm: await stormAt(reader, revision, input.storm),
    incident,
    kind: "fix",
    attempts: input.attempts,
    stop: input.stop,
    elsewhere: input.elsewhere,
    lastChangeAt: diagnosis.suspects.find(({ commit }) => commit === result.candidate.suspect)?.committedAt,
    now,
  });
  const outcome = { kind: "change", candidate: result.candidate, verdict } as const;
  return { plan: { at: now, base: revision, suspects: diagnosis.suspects, outcome }, health };
}

/** The runbook's steps are in order of preference. Where none applies, the first one's reasons tell why. */
async function firstThatApplies(
  { reader, revision, incident, settings, images, now }: PlanInput,
  evidence: TargetEvidence,
  diagnosis: Diagnosis,
  { steps }: EffectiveRunbook,
): Promise<ActionResult> {
  const shared = {
    reader,
    revision,
    evidence,
    diagnosis,
    incident,
    command: undefined,
    stoodMs: settings.stoodMs,
    images,
    now,
  };
  let refusal: ActionResult | undefined;
  // Runbooks that contradict each other leave no step: then people see what going back would be.
  for (const step of steps.length === 0 ? [{ action: "rollback" } as const] : steps) {
    const result = await runAction({ ...shared, ...step });
    if (result.outcome === "candidate") return result;
    refusal ??= result;
  }
  return refusal ?? { outcome: "refused", reasons: [] };
}

/** What changed needn't be what the alert is about. */
const confidenceWhenNarrowed = 0.85;

function narrow(found: Diagnosis, target: Target): Diagnosis {
  if (targetKey(target) === targetKey(found.entry.target)) return found;
  const message = `the alert names no environment, and the suspect changed only ${targetName(target)}`;
  return {
    ...found,
    entry: { ...found.entry, target },
    confidence: Math.min(confidenceWhenNarrowed, found.confidence),
    reasons: [...found.reasons, { code: "target-narrowed", message }],
  };
}

function abstain(
  { now, revision }: PlanInput,
  suspects: Plan["suspects"],
  reasons: readonly Reason[],
  { escalateTo, escalateAgain }: Pick<EffectiveRunbook, "escalateTo" | "escalateAgain"> = { escalateTo: [] },
): Plan {
  const called = {
    ...(escalateTo.length === 0 ? {} : { escalateTo }),
    ...(escalateAgain === undefined ? {} : { escalateAgain }),
  };
  return { at: now, base: revision, suspects, outcome: { kind: "abstain", reasons, ...called } };
}

function distinct(reasons: readonly Reason[]): readonly Reason[] {
  return reasons.filter(({ code }, index) => reasons.findIndex((other) => other.code === code) === index);
}

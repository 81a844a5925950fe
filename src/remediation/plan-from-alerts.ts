/** The plan for alerts that nobody has stored: resolve, correlate, decide. The whole of `remit plan`, without its output. */
import type { Instant } from "../clock.ts";
import type { Signal } from "../signals/signal.ts";
import type { Images } from "./images.ts";
import { incidentFromAlerts } from "./incident-from-alerts.ts";
import { makePlan, type PlanInput } from "./make-plan.ts";
import { abstained, type PlanAnswer, planned } from "./plan-answer.ts";
import type { RepositoryReader } from "./repository-reader.ts";
import { defaultSettings } from "./settings.ts";

export interface PlanFromAlertsInput {
  readonly reader: RepositoryReader;
  readonly revision: string;
  readonly signals: readonly Signal[];
  readonly now: Instant;
  /** undefined: nobody is asked whether images are still there. */
  readonly images?: Images | undefined;
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
    images: input.images,
    now,
    ...(input.decide === undefined ? {} : { decide: input.decide }),
  });
  return plan.outcome.kind === "abstain"
    ? abstained(plan.outcome.reasons, incident.target, plan.suspects)
    : planned(plan.outcome.candidate, plan.outcome.verdict, plan.suspects);
}

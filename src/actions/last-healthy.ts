/** Chooses the state to go back to: the newest one that is known, or may be taken, to have been healthy. */
import type { Instant } from "../clock.ts";
import type { HealthRecord } from "../diagnosis/diagnosis.ts";
import { span } from "../diagnosis/span.ts";
import type { Reason } from "../reason.ts";
import type { PastState } from "./past-state.ts";

export interface HealthyInput {
  /** Nearest first. */
  readonly states: readonly PastState[];
  readonly health: readonly HealthRecord[];
  readonly stoodMs: number;
  readonly now: Instant;
}

export type Healthy =
  | { readonly outcome: "found"; readonly state: PastState; readonly reason: Reason; readonly risks: readonly Reason[] }
  | { readonly outcome: "refused"; readonly reasons: readonly Reason[] };

/** A state that lies further back is a person's to choose. */
const maxStates = 5;
const maxAgeMs = 7 * 24 * 60 * 60_000;

export function lastHealthy(input: HealthyInput): Healthy {
  const skipped: Reason[] = [];
  for (const state of input.states.slice(0, maxStates)) {
    if (input.now - state.until > maxAgeMs) break;
    if ([...state.fields.values()].some(({ value }) => value === undefined)) break;
    const reason = judge(state, input);
    if (reason.code === "healthy-recorded" || reason.code === "stood-long-enough") {
      // Passing over a state that was never seen to be bad is a guess, so a person looks at it.
      return { outcome: "found", state, reason, risks: skipped.filter(({ code }) => code === "stood-too-briefly") };
    }
    skipped.push(reason);
  }
  const none: Reason = { code: "no-healthy-value", message: "no earlier value is known to have been healthy" };
  return { outcome: "refused", reasons: [...skipped, none] };
}

function judge(state: PastState, { health, stoodMs }: HealthyInput): Reason {
  const report = lastReport(health.filter((record) => state.revisions.includes(record.revision)));
  if (report !== undefined) {
    const revision = report.revision.slice(0, 12);
    return report.health === "healthy"
      ? { code: "healthy-recorded", message: `at ${revision} the controller reported it healthy` }
      : { code: "no-healthy-value", message: `at ${revision} the controller reported it degraded` };
  }
  if (state.since === undefined) {
    return { code: "stood-long-enough", message: "the value before stood since the known history began" };
  }
  const stood = state.until - state.since;
  return stood >= stoodMs
    ? { code: "stood-long-enough", message: `the value before stood for ${span(stood)}` }
    : {
        code: "stood-too-briefly",
        message: `an earlier value stood for only ${span(stood)}, with no report on its health`,
      };
}

/** The newest definite report; of two at one moment the worse. */
function lastReport(records: readonly HealthRecord[]): HealthRecord | undefined {
  const definite = records.filter(({ health }) => health === "healthy" || health === "degraded");
  return definite.reduce<HealthRecord | undefined>((last, record) => {
    if (last === undefined || record.at > last.at) return record;
    return record.at === last.at && record.health === "degraded" ? record : last;
  }, undefined);
}

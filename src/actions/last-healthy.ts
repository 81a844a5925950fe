/**
 * Chooses the state to go back to: the newest one that is known to have been healthy, or the nearest one. Where a short time is all that
 * speaks against the nearest one, people take back the last change and not more.
 */
import type { Instant } from "../clock.ts";
import type { HealthRecord } from "../diagnosis/diagnosis.ts";
import { span } from "../diagnosis/span.ts";
import type { Reason } from "../reason.ts";
import type { PastState } from "./past-state.ts";

export interface HealthyInput {
  /** How many of the nearest states don't take the suspect back yet. */
  readonly tooNear: number;
  /** Nearest first; the whole known history. */
  readonly states: readonly PastState[];
  readonly health: readonly HealthRecord[];
  readonly stoodMs: number;
  readonly now: Instant;
  /** May fields be added and taken away? */
  readonly asText?: boolean;
}

export type Healthy =
  | { readonly outcome: "found"; readonly state: PastState; readonly reason: Reason; readonly risks: readonly Reason[] }
  | { readonly outcome: "refused"; readonly reasons: readonly Reason[] };

/** A state that lies further back is a person's to choose. */
const maxStates = 5;
/** States that were never seen to be good, at most, before the nearest of them may be proposed. */
const guesses = 2;
const maxAgeMs = 13 * 24 * 60 * 60_000;

export function lastHealthy(input: HealthyInput): Healthy {
  const skipped: Reason[] = [];
  let brief: Brief | undefined;
  const within = input.states.slice(input.tooNear, input.tooNear + maxStates);
  for (const [further, state] of within.entries()) {
    if (input.now - state.until > maxAgeMs) break;
    if (further > 0 && createdAFile(state)) return brief === undefined ? refused(skipped, none) : guess(brief);
    if (!input.asText && [...state.fields.values()].some(({ value }) => value === undefined))
      return refused(skipped, added);
    // What stands now is failing, however long it once stood.
    if ([...state.fields.values()].every(({ left, value }) => left === value)) continue;
    const reason = judge(state, input);
    // That it stood long says less for a state further back than that it is further back says against it.
    if (reason.code === "stood-long-enough" && brief !== undefined) return guess(brief);
    if (reason.code === "healthy-recorded" || reason.code === "stood-long-enough") {
      // Passing over a state that was never seen to be bad is a guess, so a person looks at it.
      return { outcome: "found", state, reason, risks: skipped.filter(({ code }) => code === "stood-too-briefly") };
    }
    skipped.push(reason);
    if (reason.code === "stood-too-briefly") brief ??= { state, reason };
  }
  // Nothing is known to have been healthy. What stood just before is the best guess, for a person to approve; after a series of
  // tries it isn't even that.
  if (brief === undefined || skipped.length > guesses) return refused(skipped, none);
  return guess(brief);
}

interface Brief {
  readonly state: PastState;
  readonly reason: Reason;
}

/** For a person to approve. */
function guess(brief: Brief): Healthy {
  return { outcome: "found", ...brief, risks: [brief.reason] };
}

/** Nobody was well where a part of the target wasn't there yet: only a suspect's own files go with it. */
function createdAFile({ undone }: PastState): boolean {
  const oldest = undone.at(-1);
  const own = new Set(oldest?.changes.map(({ field }) => field.file));
  return oldest?.commit.files.some(({ path, status }) => status === "added" && own.has(path)) === true;
}

const none: Reason = { code: "no-healthy-value", message: "no earlier value is known to have been healthy" };
const added: Reason = {
  code: "edit-unsupported",
  message: "a field was added there, and taking it away again isn't the change of a value",
};

function refused(skipped: readonly Reason[], last: Reason): Healthy {
  return { outcome: "refused", reasons: [last, ...skipped] };
}

/** Values are judged by all the times that they stood together, not only by the last. */
function judge(state: PastState, { states, health, stoodMs }: HealthyInput): Reason {
  const same = states.filter((other) => saysTheSame(other, state));
  const revisions = new Set(same.flatMap((one) => one.revisions));
  const report = lastReport(health.filter(({ revision }) => revisions.has(revision)));
  if (report !== undefined) {
    const revision = report.revision.slice(0, 12);
    return report.health === "healthy"
      ? { code: "healthy-recorded", message: `at ${revision} the controller reported it healthy` }
      : { code: "no-healthy-value", message: `at ${revision} the controller reported it degraded` };
  }
  if (same.some(({ since }) => since === undefined)) {
    return { code: "stood-long-enough", message: "the earlier value stood since the known history began" };
  }
  const stood = Math.max(...same.map(({ since, until }) => until - (since ?? until)));
  return stood >= stoodMs
    ? { code: "stood-long-enough", message: `the earlier value stood for ${span(stood)}` }
    : {
        code: "stood-too-briefly",
        message: `an earlier value stood for only ${span(stood)}, and nobody reported on it`,
      };
}

function saysTheSame(other: PastState, state: PastState): boolean {
  return [...state.fields].every(([key, { value }]) => other.fields.has(key) && other.fields.get(key)?.value === value);
}

/** The newest definite report; of two at one moment the worse. */
function lastReport(records: readonly HealthRecord[]): HealthRecord | undefined {
  const definite = records.filter(({ health }) => health === "healthy" || health === "degraded");
  return definite.reduce<HealthRecord | undefined>((last, record) => {
    if (last === undefined || record.at > last.at) return record;
    return record.at === last.at && record.health === "degraded" ? record : last;
  }, undefined);
}

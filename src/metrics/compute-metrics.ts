/** Counts. Pure: the same facts in any order give the same numbers. docs/metrics.md says what each number is. */
import { wilson } from "../backtest/wilson.ts";
import type { Instant } from "../clock.ts";
import { durations } from "./durations.ts";
import type { Facts, Remediation, Restore } from "./facts.ts";
import type { ShareMeasure, UnknownMeasure } from "./measure.ts";
import type { Metrics, Week } from "./metrics.ts";
import { rate } from "./rate.ts";
import { type Story, tellStories } from "./stories.ts";

const hour = 60 * 60_000;
const day = 24 * hour;
const week = 7 * day;

export function computeMetrics(facts: Facts): Metrics {
  const { since, until } = facts;
  const inside = (at: Instant) => at >= since && at < until;
  const { stories, undos } = tellStories(facts.remediations);
  const fixes = stories.filter(({ fix }) => inside(fix.mergedAt));
  const merged = fixes.map(({ fix }) => fix);
  const changes = facts.changes.filter(({ arrivedAt }) => inside(arrivedAt));
  const restores = facts.restores.filter(({ changedAt }) => inside(changedAt));
  const failed = new Set(restores.map(({ change }) => change));
  const counted = undos.filter(({ undo }) => inside(undo.mergedAt));
  const incidents = openings(stories).filter(({ at }) => inside(at));
  return {
    counts: {
      fixes: fixes.length,
      undos: counted.length,
      leaseEnds: counted.filter(({ due }) => due).length,
      incidents: incidents.length,
      changes: changes.length,
      restores: { remit: by(restores, "remit").length, people: by(restores, "people").length },
    },
    measures: {
      timeToDetect: durations(
        merged
          .filter(({ action, culpritAt }) => action === "rollback" || culpritAt !== undefined)
          .map(({ culpritAt, detectedAt }) => between(culpritAt, detectedAt)),
      ),
      timeToAcknowledge: unknown("duration", "who took an incident up is not in git"),
      timeToPropose: durations(merged.map(({ detectedAt, proposedAt }) => between(detectedAt, proposedAt))),
      timeToMerge: durations(merged.map(({ detectedAt, mergedAt }) => between(detectedAt, mergedAt))),
      timeToDeliver: unknown("duration", "what a controller applied is not in git"),
      timeToVerify: unknown("duration", "when an incident was over is not in git"),
      autonomyRate: share(merged, ({ tier }) => tier === "merge" || tier === "delay"),
      falseInterventions: share(
        fixes.filter(({ fix }) => fix.mergedAt + day <= until),
        ({ fix, undoneAt }) => undoneAt !== undefined || fix.reversedAt !== undefined,
      ),
      harm: share(
        fixes.filter(({ fix }) => fix.mergedAt + hour <= until),
        (story) => mayHaveHarmed(story, stories),
      ),
      repeatIncidents: share(incidents, ({ before }) => before !== undefined && before <= week),
      acceptanceOfProposals: unknown("share", "proposals that were never merged are not in git"),
      escalationPrecision: unknown("share", "escalations are not in git"),
      staleEscalations: unknown("share", "escalations are not in git"),
      deploymentFrequency: rate(changes.length, Math.max(0, until - since)),
      leadTimeForChanges: durations(changes.map(({ authoredAt, arrivedAt }) => between(authoredAt, arrivedAt))),
      changeFailureRate: share(changes, ({ commit }) => failed.has(commit)),
      timeToRestore: timesOf(restores),
      timeToRestoreByRemit: timesOf(by(restores, "remit")),
      timeToRestoreByPeople: timesOf(by(restores, "people")),
    },
    weeks: weeksOf(since, until).map(
      (from): Week => ({
        from,
        changes: changes.filter(({ arrivedAt }) => arrivedAt >= from && arrivedAt < from + week).length,
        failed: restores.filter(({ changedAt }) => changedAt >= from && changedAt < from + week).length,
        fixes: merged.filter(({ mergedAt }) => mergedAt >= from && mergedAt < from + week).length,
      }),
    ),
  };
}

function unknown(kind: UnknownMeasure["kind"], why: string): UnknownMeasure {
  return { kind, known: false, why };
}

function share<T>(all: readonly T[], counts: (each: T) => boolean): ShareMeasure {
  const { whole, ...rest } = wilson(all.filter(counts).length, all.length);
  return { kind: "share", known: true, cases: whole, ...rest };
}

/** Clocks differ, and anybody writes dates into commits: what ends before it began isn't known. */
function between(from: Instant | undefined, to: Instant | undefined): number | undefined {
  return from === undefined || to === undefined || to < from ? undefined : to - from;
}

function by(restores: readonly Restore[], who: Restore["by"]): readonly Restore[] {
  return restores.filter((restore) => restore.by === who);
}

function timesOf(restores: readonly Restore[]) {
  return durations(restores.map(({ changedAt, restoredAt }) => between(changedAt, restoredAt)));
}

/** Within an hour it was taken back, or another incident of the same target needed a fix. */
function mayHaveHarmed({ fix, undoneAt }: Story, stories: readonly Story[]): boolean {
  const soon = (at: Instant | undefined) => at !== undefined && at >= fix.mergedAt && at <= fix.mergedAt + hour;
  const again = ({ fix: other }: Story) =>
    other.target === fix.target && other.incident !== fix.incident && soon(other.mergedAt);
  return soon(undoneAt) || soon(fix.reversedAt) || stories.some(again);
}

interface Opening {
  readonly at: Instant;
  /** How long before the target's last incident with a fix was; undefined for the first. */
  readonly before: number | undefined;
}

/** An incident begins for git with its first fix. */
function openings(stories: readonly Story[]): readonly Opening[] {
  const firsts = new Map<string, Remediation>();
  for (const { fix } of stories) if (!firsts.has(fix.incident)) firsts.set(fix.incident, fix);
  const last = new Map<string, Instant>();
  return [...firsts.values()].map(({ target, mergedAt }) => {
    const earlier = last.get(target);
    last.set(target, mergedAt);
    return { at: mergedAt, before: earlier === undefined ? undefined : mergedAt - earlier };
  });
}

function weeksOf(since: Instant, until: Instant): readonly Instant[] {
  const count = Math.max(0, Math.ceil((until - since) / week));
  return Array.from({ length: count }, (_, index) => since + index * week);
}

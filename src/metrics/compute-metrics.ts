/** Counts. Pure: the same facts in any order give the same numbers. docs/metrics.md says what each number is. */
import type { Instant } from "../clock.ts";
import { between } from "./between.ts";
import { durations } from "./durations.ts";
import type { Facts, Remediation, Restore } from "./facts.ts";
import type { Metrics, Week } from "./metrics.ts";
import { rate } from "./rate.ts";
import { share } from "./share.ts";
import { type Story, tellStories } from "./stories.ts";
import { autonomy } from "./told/autonomy.ts";
import { type Ledger, ledgerOf } from "./told/ledger.ts";
import { toldMeasures } from "./told/told-measures.ts";

const hour = 60 * 60_000;
const day = 24 * hour;
const week = 7 * day;

export function computeMetrics(facts: Facts): Metrics {
  const { since, until } = facts;
  const inside = (at: Instant) => at >= since && at < until;
  const { stories, undos } = tellStories(facts.remediations);
  const ledger = ledgerOf(facts);
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
      ...toldMeasures(ledger, merged, inside, until),
      timeToDetect: durations(
        merged
          .filter(({ action, culpritAt }) => action === "rollback" || culpritAt !== undefined)
          .map(({ culpritAt, detectedAt }) => between(culpritAt, detectedAt)),
      ),
      timeToPropose: durations(
        merged.map((fix) => between(fix.detectedAt, fix.proposedAt ?? ledger?.fixOf(fix)?.proposedAt)),
      ),
      timeToMerge: durations(merged.map(({ detectedAt, mergedAt }) => between(detectedAt, mergedAt))),
      autonomyRate: autonomy(stories, ledger, inside),
      falseInterventions: share(
        fixes.filter(({ fix }) => fix.mergedAt + day <= until),
        ({ fix, undoneAt }) => undoneAt !== undefined || fix.reversedAt !== undefined || seenToFail(fix, ledger),
      ),
      harm: share(
        fixes.filter(({ fix }) => fix.mergedAt + hour <= until),
        (story) => mayHaveHarmed(story, stories, ledger),
      ),
      repeatIncidents: share(incidents, ({ before }) => before !== undefined && before <= week),
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

function by(restores: readonly Restore[], who: Restore["by"]): readonly Restore[] {
  return restores.filter((restore) => restore.by === who);
}

function timesOf(restores: readonly Restore[]) {
  return durations(restores.map(({ changedAt, restoredAt }) => between(changedAt, restoredAt)));
}

/** Also where what it did stands, since nothing let Remit take it back. */
function seenToFail(fix: Remediation, ledger: Ledger | undefined): boolean {
  return ledger?.fixOf(fix)?.seen?.outcome === "failing";
}

/** Within an hour it was taken back, or there was another incident of the same target: by the ledger, else by the fix that it needed. */
function mayHaveHarmed({ fix, undoneAt }: Story, stories: readonly Story[], ledger: Ledger | undefined): boolean {
  const soon = (at: Instant | undefined) => at !== undefined && at >= fix.mergedAt && at <= fix.mergedAt + hour;
  const isOther = (target: string, incident: string) => target === fix.target && incident !== fix.incident;
  const again = ({ fix: other }: Story) =>
    isOther(other.target, other.incident) && ledger?.incidentOf(other.incident) === undefined && soon(other.mergedAt);
  const opened = ledger?.incidents.some(
    ({ id, target, isTrouble, openedAt }) => isTrouble && isOther(target, id) && soon(openedAt),
  );
  return soon(undoneAt) || soon(fix.reversedAt) || opened === true || stories.some(again);
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

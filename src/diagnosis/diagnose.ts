/** What changed for a target before it broke, ranked, and how sure we are. A change after the alert is never a suspect. */
import type { Instant } from "../clock.ts";
import type { CatalogueTarget } from "../gitops/catalogue/catalogue.ts";
import type { FieldChange } from "../gitops/history/field-change.ts";
import { noHabits, type RevertHabits } from "../gitops/history/revert-habits.ts";
import type { Commit } from "../gitops/mirror/mirror.ts";
import { troubleAt as beginningOf } from "../incidents/alert-state.ts";
import type { Incident } from "../incidents/incident.ts";
import type { Reason } from "../reason.ts";
import { targetName } from "../target.ts";
import { candidateCauses, clockSkewMs } from "./candidate-causes.ts";
import { collectEvidence } from "./collect-evidence.ts";
import type { Diagnosis, HealthRecord, Suspect } from "./diagnosis.ts";
import { effectiveCommits } from "./effective-commits.ts";
import { span } from "./span.ts";
import { plainFeatures } from "./suspect-features.ts";
import { type TargetCommit, targetCommits } from "./target-commits.ts";
import { weighSuspect, weightOf } from "./weigh-suspect.ts";

export interface DiagnoseInput {
  readonly entry: CatalogueTarget;
  /** Newest first. */
  readonly changes: readonly FieldChange[];
  /** Commits that touch the target's files, newest first. */
  readonly commits: readonly Commit[];
  readonly incident: Incident;
  readonly health: readonly HealthRecord[];
  /** Whose changes are taken back in this repository. */
  readonly habits?: RevertHabits;
  readonly now: Instant;
  /** A change this long before the trouble is still a suspect. */
  readonly suspectWindowMs: number;
}

/** Another suspect with this share of the first one's score can't be told apart from it. */
const rivalShare = 0.3;
/** Something else is as likely the cause as a single change of one file this long before the trouble. */
const elseAfterMs = 13 * 24 * 60 * 60_000;
/** Somebody else has changed the target since: they may be mending it already. */
const confidenceWithLaterChange = 0.8;
/** Controllers poll every few minutes, a rollout takes some, and alerts wait a while before they fire. Milliseconds. */
const deliveryMs = 10 * 60_000;
/** The first suspect came so shortly before the trouble that it can hardly have run by then, and no controller says that it did. */
const confidenceBeforeDelivery = 0.85;
/** Something in the target's files changed between the suspect and the trouble, and no known field tells what. */
const confidenceWithOtherCommits = 0.85;

export function diagnose(input: DiagnoseInput): Diagnosis {
  const { entry, incident, now, suspectWindowMs } = input;
  const troubleAt = beginningOf(incident);
  const all = targetCommits(input.changes);
  const later = all.filter(({ commit }) => commit.committedAt > troubleAt + clockSkewMs);
  const suspects = stillThere(rank(candidateCauses(all, troubleAt, suspectWindowMs), input), all, later);
  const others = otherCommits(input, suspects[0], all, troubleAt);
  const early = beforeDelivery(suspects[0], input, troubleAt);
  const name = targetName(entry.target);
  return {
    entry,
    troubleAt,
    suspects,
    confidence: confidenceIn(suspects, { later, others, early }),
    reasons: [
      ...suspectReasons(suspects, name, suspectWindowMs),
      ...laterReasons(later, name),
      ...otherReasons(others, name),
      ...earlyReasons(early, troubleAt),
    ],
    evidence: collectEvidence({ incident, suspects, health: input.health, troubleAt, now }),
  };
}

/** Scores are shares of one: how often people take back this change of all those, or none of them. */
function rank(causes: ReturnType<typeof candidateCauses>, { health, habits = noHabits }: DiagnoseInput): Suspect[] {
  const weighed = causes.map((cause) => ({ ...cause, ...weighSuspect({ ...cause, habits, health }) }));
  const odds = weighed.map(({ weight }) => Math.exp(weight));
  const sum = odds.reduce((total, each) => total + each, Math.exp(weightOf(plainFeatures(elseAfterMs, causes.length))));
  const suspects = weighed.map(({ suspect: { commit, changes }, why }, index) => ({
    commit: commit.id,
    committedAt: commit.committedAt,
    author: commit.author.name,
    subject: commit.message.split("\n", 1)[0] ?? "",
    score: Math.floor(((odds[index] ?? 0) / sum) * 1000) / 1000,
    why,
    changes,
    paths: commit.files.map((file) => file.path),
  }));
  // Equal scores keep the order of the branch: the newest change first.
  return suspects.toSorted((a, b) => b.score - a.score);
}

/**
 * Without those that somebody has taken back since the trouble began, be they back by now, but for one far likelier than all that is
 * left: its undoing may not have had time to help. Scores stay as they are, for what was taken back may still have been the cause.
 */
function stillThere(
  suspects: readonly Suspect[],
  all: readonly TargetCommit[],
  later: readonly TargetCommit[],
): readonly Suspect[] {
  let left = suspects;
  for (const newest of later) {
    const lasting = new Set(effectiveCommits(all.slice(all.indexOf(newest))).map(({ commit }) => commit.id));
    left = left.filter(({ commit }) => lasting.has(commit));
  }
  return suspects.every((suspect) => isRival(left[0], suspect)) ? left : suspects;
}

function isRival(other: Suspect | undefined, first: Suspect): boolean {
  return other !== undefined && other.score >= first.score * rivalShare;
}

function rivals(suspects: readonly Suspect[]): readonly Suspect[] {
  const [first, ...others] = suspects;
  return first === undefined ? [] : others.filter((other) => isRival(other, first));
}

/** Commits nearer to the trouble than the first suspect that touched the target's files but none of its known fields. */
function otherCommits(
  { commits, suspectWindowMs }: DiagnoseInput,
  first: Suspect | undefined,
  known: readonly TargetCommit[],
  troubleAt: Instant,
): readonly Commit[] {
  const ids = new Set(known.map(({ commit }) => commit.id));
  const from = Math.max(first?.committedAt ?? 0, troubleAt - suspectWindowMs);
  return commits.filter(
    ({ id, committedAt }) => !ids.has(id) && committedAt >= from && committedAt <= troubleAt + clockSkewMs,
  );
}

/** The first suspect, where nobody knows that it was delivered by the time that the trouble began. */
function beforeDelivery(
  first: Suspect | undefined,
  { health }: DiagnoseInput,
  troubleAt: Instant,
): Suspect | undefined {
  if (first === undefined || troubleAt - first.committedAt >= deliveryMs) return undefined;
  const ran = health.some(
    (report) =>
      report.revision === first.commit && (report.at <= troubleAt + clockSkewMs || report.health === "degraded"),
  );
  return ran ? undefined : first;
}

interface Doubts {
  readonly later: readonly TargetCommit[];
  readonly others: readonly Commit[];
  readonly early: Suspect | undefined;
}

function confidenceIn(suspects: readonly Suspect[], { later, others, early }: Doubts): number {
  const caps = [suspects[0]?.score ?? 0];
  if (early !== undefined) caps.push(confidenceBeforeDelivery);
  if (later.length > 0) caps.push(confidenceWithLaterChange);
  if (others.length > 0) caps.push(confidenceWithOtherCommits);
  return Math.min(...caps);
}

function suspectReasons(suspects: readonly Suspect[], name: string, windowMs: number): readonly Reason[] {
  const first = suspects[0];
  if (first === undefined) {
    return [
      { code: "no-recent-change", message: `nothing of ${name} changed in the ${span(windowMs)} before the trouble` },
    ];
  }
  const found: Reason = {
    code: "suspect-found",
    message: `${first.commit.slice(0, 12)} changed ${name} before the trouble`,
  };
  const others = rivals(suspects);
  if (others.length === 0) return [found];
  const ids = idsOf(others.map(({ commit }) => ({ id: commit })));
  return [found, { code: "several-suspects", message: `${ids} changed ${name} shortly before, too` }];
}

function laterReasons(later: readonly TargetCommit[], name: string): readonly Reason[] {
  if (later.length === 0) return [];
  const ids = idsOf(later.map(({ commit }) => commit));
  return [
    { code: "change-after-alert", message: `${ids} changed ${name} after the trouble began, so it isn't the cause` },
  ];
}

function otherReasons(others: readonly Commit[], name: string): readonly Reason[] {
  if (others.length === 0) return [];
  const message = `${idsOf(others)} touched the files of ${name} without changing a field that Remit knows`;
  return [{ code: "evidence-weak", message }];
}

function earlyReasons(early: Suspect | undefined, troubleAt: Instant): readonly Reason[] {
  if (early === undefined) return [];
  const age = span(Math.max(0, troubleAt - early.committedAt));
  const message = `the trouble began ${age} after ${early.commit.slice(0, 12)}, and no controller says that it was applied by then`;
  return [{ code: "evidence-weak", message }];
}

function idsOf(commits: readonly { readonly id: string }[]): string {
  const shown = commits.slice(0, 3).map(({ id }) => id.slice(0, 12));
  const rest = commits.length - shown.length;
  return rest === 0 ? shown.join(", ") : `${shown.join(", ")} and ${rest} more`;
}

/** How much speaks for a change being the one that people would take back, with the sentences that say so. */
import type { Instant } from "../clock.ts";
import { describeChange } from "./describe-change.ts";
import type { HealthRecord } from "./diagnosis.ts";
import { span } from "./span.ts";
import { type FeaturesInput, type SuspectFeatures, suspectFeatures } from "./suspect-features.ts";

/**
 * Log-odds. Fitted with `bench/weights.ts` to what people rolled back in public GitOps repositories, and rounded; docs/diagnosis.md
 * tells how well that does. `foreign` is kept lower than fitted, because the rollbacks were looked for among changes of few files;
 * `unreadable` is judgement.
 */
const weights: Readonly<Record<keyof SuspectFeatures, number>> = {
  age: -0.63,
  place: -0.7,
  overwritten: -1.5,
  habit: 0.7,
  comments: -3,
  foreign: -1.6,
  restoring: -1.2,
  unreadable: 1.5,
};

/** What the controllers said of it last. By judgement: public history holds no such reports. */
const reports = { degraded: 2, healthy: -1.5 } as const;

export interface Weighed {
  /** Log-odds against the other suspects. */
  readonly weight: number;
  readonly why: readonly string[];
}

export interface WeighInput extends FeaturesInput {
  readonly health: readonly HealthRecord[];
}

export function weighSuspect(input: WeighInput): Weighed {
  const { suspect, troubleAt, overwrittenAt, habits, health } = input;
  const { commit, changes } = suspect;
  const features = suspectFeatures(input);
  let weight = weightOf(features);
  const age = troubleAt - commit.committedAt;
  const why = [`reached the branch ${age >= 0 ? `${span(age)} before` : "just as"} the trouble began`];
  why.push(...changes.slice(0, shownChanges).map(describeChange));
  if (changes.length > shownChanges) why.push(`changed ${changes.length - shownChanges} more fields`);
  if (features.habit !== 0) {
    const { program, person, programs } = habits;
    const own = programs.get(commit.author.name) ?? program;
    why.push(
      `was made by a program: of the last ${own.commits} such changes here ${own.reverted} were taken back, ` +
        `of ${person.commits} by people ${person.reverted}`,
    );
  }
  const reported = lastWord(health, commit.id);
  if (reported !== undefined) {
    why.push(`was reported ${reported} by the controller`);
    weight += reports[reported];
  }
  if (overwrittenAt !== undefined)
    why.push(`was replaced by a newer change after ${span(overwrittenAt - commit.committedAt)}`);
  if (features.restoring > 0) why.push("took an earlier change back");
  // What the controller saw fail isn't excused by what came after it.
  if (reported === "degraded") weight -= weights.overwritten * features.overwritten;
  return { weight, why };
}

const shownChanges = 20;

export function weightOf(features: SuspectFeatures): number {
  const { age, place, overwritten, habit, comments, foreign, restoring, unreadable } = features;
  return (
    weights.age * age +
    weights.place * place +
    weights.overwritten * overwritten +
    weights.habit * habit +
    weights.comments * comments +
    weights.foreign * foreign +
    weights.restoring * restoring +
    weights.unreadable * unreadable
  );
}

/** What the controllers said last about this revision, where they said anything definite. */
function lastWord(health: readonly HealthRecord[], revision: string): "healthy" | "degraded" | undefined {
  let last: { at: Instant; health: "healthy" | "degraded" } | undefined;
  for (const record of health) {
    if (record.revision !== revision || (record.health !== "healthy" && record.health !== "degraded")) continue;
    // Two reports of one moment: the worse counts.
    if (last === undefined || record.at > last.at || (record.at === last.at && record.health === "degraded")) {
      last = { at: record.at, health: record.health };
    }
  }
  return last?.health;
}

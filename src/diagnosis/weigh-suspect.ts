/**
 * How much speaks for a change being the one that people would take back, with the sentences that say so.
 *
 * The weights are log-odds. They were fitted (conditional logit, one repository left out at a time) to 621 rollbacks that people made in
 * ten public GitOps repositories, and rounded; `breadth` is kept lower than fitted, because such rollbacks were looked for among
 * changes of few files.
 */
import type { Instant } from "../clock.ts";
import type { FieldChange } from "../gitops/history/field-change.ts";
import { isAutomated } from "../gitops/history/is-automated.ts";
import type { RevertHabits, Share } from "../gitops/history/revert-habits.ts";
import { textDocument } from "../gitops/history/text-changes.ts";
import type { HealthRecord } from "./diagnosis.ts";
import { readable } from "./readable.ts";
import { span } from "./span.ts";
import type { TargetCommit } from "./target-commits.ts";

const weights = {
  /** For each e-fold of its age in hours (plus one). */
  age: -0.63,
  /** For each e-fold of its place among the suspects, the newest one being the first. */
  place: -0.7,
  /** Everything that it wrote was written again before the trouble. */
  overwritten: -1.5,
  /** How much oftener than others such an author's changes are taken back here, as a logarithm. */
  habit: 0.85,
  /** Nothing but comments changed. */
  comments: -3,
  /** For each e-fold of the files that it touched (plus one). */
  breadth: -0.8,
  /** What the controllers said of it last. Set by judgement: public history holds no such reports. */
  degraded: 2,
  healthy: -1.5,
  /** A file that could be read can't be read since. By judgement, too. */
  unreadable: 1.5,
} as const;

const hour = 60 * 60_000;

export interface Weighed {
  /** Log-odds against the other suspects. */
  readonly weight: number;
  readonly why: readonly string[];
}

export interface WeighInput {
  readonly suspect: TargetCommit;
  /** Among the suspects, from 0: the newest. */
  readonly place: number;
  readonly troubleAt: Instant;
  /** When all that it wrote had been written again, if that was before the trouble. */
  readonly overwrittenAt: Instant | undefined;
  readonly habits: RevertHabits;
  readonly health: readonly HealthRecord[];
}

export function weighSuspect({ suspect, place, troubleAt, overwrittenAt, habits, health }: WeighInput): Weighed {
  const { commit, changes } = suspect;
  const age = troubleAt - commit.committedAt;
  const why = [`reached the branch ${age >= 0 ? `${span(age)} before` : "just as"} the trouble began`];
  why.push(...changes.slice(0, shownChanges).map(describe));
  if (changes.length > shownChanges) why.push(`changed ${changes.length - shownChanges} more fields`);
  let weight = weightOf(age, place, commit.files.length);
  if (changes.every(({ text }) => text === "comments")) weight += weights.comments;
  if (changes.some(({ text }) => text === "unreadable")) weight += weights.unreadable;

  const habit = habitOf(habits);
  if (habit !== 0 && isAutomated(commit.author)) {
    weight += weights.habit * habit;
    const { program, person } = habits;
    why.push(
      `was made by a program: of the last ${program.commits} such changes here ${program.reverted} were taken back, ` +
        `of ${person.commits} by people ${person.reverted}`,
    );
  }
  const reported = lastWord(health, commit.id);
  if (reported !== undefined) {
    why.push(`was reported ${reported} by the controller`);
    weight += weights[reported];
  }
  if (overwrittenAt !== undefined && reported !== "degraded") {
    why.push(`was replaced by a newer change after ${span(overwrittenAt - commit.committedAt)}`);
    weight += weights.overwritten;
  }
  return { weight, why };
}

const shownChanges = 20;

/** What would speak for a change of one file, of this age and at this place, if nothing else were known of it. */
export function weightOf(age: number, place: number, files = 1): number {
  return (
    weights.age * Math.log1p(Math.max(0, age) / hour) +
    weights.place * Math.log1p(place) +
    weights.breadth * Math.log1p(files)
  );
}

/** As if this many more commits of each kind were known, one of them reverted: few commits say little. */
const prior = { commits: 20, reverted: 1 };

function habitOf({ program, person }: RevertHabits): number {
  if (program.commits === 0 || person.commits === 0) return 0;
  const rate = ({ commits, reverted }: Share): number => (reverted + prior.reverted) / (commits + prior.commits);
  return Math.log(rate(program) / rate(person));
}

function describe({ field, before, after, text }: FieldChange): string {
  const file = readable(field.file);
  if (text === "comments") return `changed only comments in ${file}`;
  if (text === "unreadable") return `left ${file} in a state that can't be read`;
  if (field.document === textDocument) return `changed the text of ${file}`;
  return `changed ${field.role} from ${readable(before)} to ${readable(after)} in ${file}`;
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

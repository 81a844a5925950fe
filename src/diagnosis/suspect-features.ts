/** What is known of a change that may be the cause, as numbers: what `weighSuspect` weighs, and what `bench/weights.ts` fits. */
import type { Instant } from "../clock.ts";
import { isAutomated } from "../gitops/history/is-automated.ts";
import type { RevertHabits, Share } from "../gitops/history/revert-habits.ts";
import { undoingMessage } from "../gitops/history/undoing-message.ts";
import type { Commit } from "../gitops/mirror/mirror.ts";
import type { TargetCommit } from "./target-commits.ts";

export interface SuspectFeatures {
  /** Logarithm of its age in hours, plus one. */
  readonly age: number;
  /** Logarithm of its place among the suspects, from 1: the newest. */
  readonly place: number;
  /** 1: everything that it wrote was written again before the trouble. */
  readonly overwritten: number;
  /** Of a program's change: how much oftener this one's are taken back here than people's, as a logarithm. 0 for a person's. */
  readonly habit: number;
  /** 1: nothing but comments changed. */
  readonly comments: number;
  /** Logarithm of how many times more files it touched than those of this target. */
  readonly foreign: number;
  /** 1: it says that it undoes something, and every value that it wrote is one that stood before. */
  readonly restoring: number;
  /** 1: a file that could be read can't be read since. */
  readonly unreadable: number;
}

export interface FeaturesInput {
  readonly suspect: TargetCommit;
  /** Among the suspects, from 0: the newest. */
  readonly place: number;
  readonly troubleAt: Instant;
  /** When all that it wrote had been written again, if that was before the trouble. */
  readonly overwrittenAt: Instant | undefined;
  /** Is every value that it wrote one that stood before? */
  readonly restores: boolean;
  readonly habits: RevertHabits;
}

const hour = 60 * 60_000;

export function suspectFeatures(input: FeaturesInput): SuspectFeatures {
  const { suspect, place, troubleAt, overwrittenAt, restores, habits } = input;
  const { commit, changes } = suspect;
  const own = new Set(changes.map(({ field }) => field.file)).size;
  return {
    ...moment(troubleAt - commit.committedAt, place),
    overwritten: overwrittenAt === undefined ? 0 : 1,
    habit: isAutomated(commit.author) ? habitOf(commit.author.name, habits) : 0,
    comments: changes.every(({ text }) => text === "comments") ? 1 : 0,
    foreign: Math.log(Math.max(1, commit.files.length / Math.max(1, own))),
    restoring: restores && undoes(commit) ? 1 : 0,
    unreadable: changes.some(({ text }) => text === "unreadable") ? 1 : 0,
  };
}

/** A message alone counts for nothing: the values must say the same. */
function undoes({ message }: Commit): boolean {
  return undoingMessage(message)?.forward === false;
}

/** A change of which nothing else is known. */
export function plainFeatures(age: number, place: number): SuspectFeatures {
  return { ...moment(age, place), overwritten: 0, habit: 0, comments: 0, foreign: 0, restoring: 0, unreadable: 0 };
}

function moment(age: number, place: number): Pick<SuspectFeatures, "age" | "place"> {
  return { age: Math.log1p(age / hour), place: Math.log1p(place) };
}

/** As if this many more commits of each kind were known, one of them reverted: few commits say little. */
const prior = { commits: 20, reverted: 1 };
/** As if this many more commits of a program were known, of which as many were reverted as of all programs': they differ. */
const priorOfOne = 200;

function habitOf(name: string, { program, person, programs }: RevertHabits): number {
  if (program.commits === 0 || person.commits === 0) return 0;
  const rate = ({ commits, reverted }: Share): number => (reverted + prior.reverted) / (commits + prior.commits);
  const { commits, reverted } = programs.get(name) ?? { commits: 0, reverted: 0 };
  return Math.log((reverted + priorOfOne * rate(program)) / (commits + priorOfOne) / rate(person));
}

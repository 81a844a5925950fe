/** Takes a target back to its last healthy state, as the smallest change: all that changed in step, and nothing else. */
import type { Instant } from "../clock.ts";
import type { Diagnosis, HealthRecord, Suspect } from "../diagnosis/diagnosis.ts";
import { type TargetCommit, targetCommits } from "../diagnosis/target-commits.ts";
import { fieldKey } from "../gitops/catalogue/field-key.ts";
import type { FieldChange } from "../gitops/history/field-change.ts";
import type { CommitShare } from "../gitops/history/share.ts";
import type { Commit } from "../gitops/mirror/mirror.ts";
import type { Reason, ReasonCode } from "../reason.ts";
import { barred } from "./barred.ts";
import type { Barrier } from "./barrier.ts";
import { type BoundChange, bindRestore } from "./bind-restore.ts";
import type { ActionResult } from "./candidate.ts";
import { candidateDigest } from "./candidate-digest.ts";
import { findRisks } from "./find-risks.ts";
import { flipFlop } from "./flip-flop.ts";
import { lastHealthy } from "./last-healthy.ts";
import { type PastState, pastStates } from "./past-state.ts";
import { placeOf } from "./place-of.ts";
import { touchesMigration } from "./touches-migration.ts";
import { versionOf } from "./version-of.ts";

export interface RollbackInput {
  readonly diagnosis: Diagnosis;
  /** The whole known history of the target's fields, newest first. */
  readonly changes: readonly FieldChange[];
  /** Current texts of the target's files. */
  readonly files: ReadonlyMap<string, string>;
  /** Records count by the commit that they name: one that touched the target's files. */
  readonly health: readonly HealthRecord[];
  /** All commits that touched the target's files, newest first. Without them only those count that changed its fields. */
  readonly commits?: readonly Commit[];
  /** What each commit did to the target's own lines. Without it only the values of fields can be restored. */
  readonly shares?: readonly CommitShare[];
  readonly barriers: readonly Barrier[];
  /** A value without a health record counts as healthy if it stood at least this long. */
  readonly stoodMs: number;
  readonly now: Instant;
}

/** Beyond this the choice of the state was a guess, or somebody chose otherwise before, and the confidence says so. */
const confidenceAfterGuess = 0.6;
/** What the same commits changed elsewhere stays, and may belong to it. */
const confidenceWhenSplit = 0.85;

export function rollback(input: RollbackInput): ActionResult {
  const { diagnosis, files, health, stoodMs, now } = input;
  const { entry, suspects } = diagnosis;
  const suspect = suspects[0];
  if (suspect === undefined) return refused("no-recent-change", "there is no change to take back");
  const commits = targetCommits(input.changes);
  const newest = newestInStep(commits, suspects, suspect);
  const branch = input.commits?.map(({ id }) => id);
  const states = pastStates(commits, newest, branch);
  const swing = flipFlop(states);
  if (swing.outcome === "refused") return { outcome: "refused", reasons: [swing.reason] };
  const tooNear = states.findIndex(({ undone }) => includes(undone, suspect));
  const asText = input.shares !== undefined;
  const healthy = lastHealthy({ states, tooNear: Math.max(0, tooNear), health, stoodMs, now, asText });
  if (healthy.outcome === "refused") return healthy;
  const { state } = healthy;
  if (state.undone.some(isOurs)) return refused("flip-flop", "Remit itself made a change that would be taken back");
  const since = commits.slice(
    0,
    commits.findIndex(({ commit }) => commit.id === newest),
  );
  if (since.some((later) => isOurs(later) && later.changes.some(({ field }) => state.fields.has(fieldKey(field)))))
    return refused("flip-flop", "Remit itself has changed the same fields since");

  const bound = bindRestore({ state, entry, files, shares: input.shares });
  if (bound.outcome === "refused") return { outcome: "refused", reasons: [bound.reason] };
  const forbidden = obstacle(input, state, bound);
  if (forbidden !== undefined) return { outcome: "refused", reasons: [forbidden] };

  const effects = bound.effects.map(({ effect }) => effect);
  const plan = { action: "rollback" as const, target: entry.target, files: bound.files };
  const guessed = healthy.risks.length > 0 || swing.outcome === "risk";
  const left = leftAlone(state, bound, input.shares);
  const version =
    effects.length === 0 ? `what it was before ${suspect.commit.slice(0, 12)}` : versionOf(effects, "after");
  const candidate = {
    ...plan,
    effects,
    ...(bound.lines === undefined ? {} : { lines: bound.lines }),
    title: `roll back ${placeOf(entry.target)} to ${version}`,
    confidence: Math.min(
      diagnosis.confidence,
      guessed ? confidenceAfterGuess : 1,
      left.length > 0 ? confidenceWhenSplit : 1,
    ),
    risks: [
      ...(swing.outcome === "risk" ? [swing.reason] : []),
      ...healthy.risks,
      ...findRisks({ ...bound, entry, texts: files, undone: state.undone }),
    ],
    reasons: [...diagnosis.reasons, healthy.reason, ...inStep(bound), ...left],
    evidence: diagnosis.evidence,
    suspect: suspect.commit,
    digest: candidateDigest(plan),
  };
  return { outcome: "candidate", candidate };
}

/** Two bad releases in a row: the later one, though less suspected, changed the same fields and goes back with the first. */
function newestInStep(commits: readonly TargetCommit[], suspects: readonly Suspect[], first: Suspect): string {
  const suspected = new Set(suspects.map(({ commit }) => commit));
  const fields = new Set(first.changes.map(({ field }) => fieldKey(field)));
  const newest = commits.find(
    ({ commit, changes }) => suspected.has(commit.id) && changes.some(({ field }) => fields.has(fieldKey(field))),
  );
  return newest?.commit.id ?? first.commit;
}

/** Anybody can forge such a trailer: that can only lower what Remit may do. */
function isOurs({ commit }: TargetCommit): boolean {
  return /^Remit-Candidate: /m.test(commit.message);
}

function includes(commits: readonly TargetCommit[], { commit: id }: Suspect): boolean {
  return commits.some(({ commit }) => commit.id === id);
}

/** What forbids going back to this state, whatever the evidence. */
function obstacle(
  { diagnosis, files, barriers }: RollbackInput,
  state: PastState,
  bound: BoundChange,
): Reason | undefined {
  const { service } = diagnosis.entry.target;
  const commits = state.undone.map(({ commit }) => commit.id);
  const paths = state.undone.flatMap(({ commit }) => commit.files.map(({ path }) => path));
  const values = [...bound.effects.map(({ effect }) => effect.after), ...restoredWords(bound)];
  return barred(barriers, { service, values, commits }) ?? touchesMigration({ paths, files, service });
}

/** A barrier knows values; a restored line may hold several. */
function restoredWords({ lines = [] }: BoundChange): readonly string[] {
  return lines.flatMap(({ added }) => added.flatMap((line) => line.match(/[^\s"'`,;={}[\]]+/g) ?? []));
}

function inStep({ effects, files, lines }: BoundChange): readonly Reason[] {
  if (lines !== undefined && (lines.length > 1 || files.length > 1)) {
    const message = `${lines.length} places in ${files.length === 1 ? "one file" : `${files.length} files`} changed in step, so they go back in step`;
    return [{ code: "change-in-step", message }];
  }
  if (effects.length < 2) return [];
  return [{ code: "change-in-step", message: `${effects.length} fields changed in step, so they go back in step` }];
}

/** What else the same commits changed: other files, prose left aside, and lines of these files that are others'. */
function leftAlone(
  { undone }: PastState,
  { files }: BoundChange,
  shares: readonly CommitShare[] = [],
): readonly Reason[] {
  const restored = new Set(files.map(({ path }) => path));
  const touched = new Set(undone.flatMap(({ commit }) => commit.files.map(({ path }) => path)));
  const left = [...touched].filter((path) => !restored.has(path) && !/\.(?:md|txt|adoc|rst)$/i.test(path)).length;
  const ids = new Set(undone.map(({ commit }) => commit.id));
  const others =
    left > 1
      ? `${left} other files, which stay as they are`
      : left === 1
        ? "1 other file, which stays as it is"
        : shares.some(({ commit, mixed }) => mixed && ids.has(commit.id))
          ? "other lines of the same files, which stay as they are"
          : undefined;
  return others === undefined ? [] : [{ code: "change-split", message: `the same change touched ${others}` }];
}

function refused(code: ReasonCode, message: string): ActionResult {
  return { outcome: "refused", reasons: [{ code, message }] };
}

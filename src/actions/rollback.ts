/** Takes a target back to its last healthy value, as the smallest change: every field that changed in step, and nothing else. */
import type { Instant } from "../clock.ts";
import type { Diagnosis, HealthRecord, Suspect } from "../diagnosis/diagnosis.ts";
import { type TargetCommit, targetCommits } from "../diagnosis/target-commits.ts";
import type { Field } from "../gitops/catalogue/catalogue.ts";
import type { FieldChange } from "../gitops/history/field-change.ts";
import type { Commit } from "../gitops/mirror/mirror.ts";
import type { Reason, ReasonCode } from "../reason.ts";

import { barred } from "./barred.ts";
import type { Barrier } from "./barrier.ts";
import type { ActionResult, FieldEffect } from "./candidate.ts";
import { candidateDigest } from "./candidate-digest.ts";
import { editFiles } from "./edit-files.ts";
import { fieldKey } from "./field-key.ts";
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
  readonly barriers: readonly Barrier[];
  /** A value without a health record counts as healthy if it stood at least this long. */
  readonly stoodMs: number;
  readonly now: Instant;
}

/** Beyond this the choice of the state was a guess, and the confidence says so. */
const confidenceAfterGuess = 0.7;

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
  const healthy = lastHealthy({ states, tooNear: Math.max(0, tooNear), health, stoodMs, now });
  if (healthy.outcome === "refused") return healthy;
  const { state } = healthy;

  const bound = bind(state, entry.fields);
  if (bound.outcome === "refused") return { outcome: "refused", reasons: [bound.reason] };
  const effects = bound.effects.map(({ effect }) => effect);
  const forbidden = obstacle(input, state, effects);
  if (forbidden !== undefined) return { outcome: "refused", reasons: [forbidden] };
  const edited = editFiles(effects, files);
  if (edited.outcome === "refused") return { outcome: "refused", reasons: [edited.reason] };

  const plan = { action: "rollback" as const, target: entry.target, files: edited.files };
  const guessed = healthy.risks.length > 0;
  const candidate = {
    ...plan,
    effects,
    title: `roll back ${placeOf(entry.target)} to ${versionOf(effects, "after")}`,
    confidence: guessed ? Math.min(confidenceAfterGuess, diagnosis.confidence) : diagnosis.confidence,
    risks: [
      ...(swing.outcome === "risk" ? [swing.reason] : []),
      ...healthy.risks,
      ...findRisks({ effects: bound.effects, files, undone: state.undone }),
    ],
    reasons: [...diagnosis.reasons, healthy.reason, ...inStep(effects)],
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

function includes(commits: readonly TargetCommit[], { commit: id }: Suspect): boolean {
  return commits.some(({ commit }) => commit.id === id);
}

type Bound =
  | { readonly outcome: "bound"; readonly effects: readonly { readonly field: Field; readonly effect: FieldEffect }[] }
  | { readonly outcome: "refused"; readonly reason: Reason };

/** Finds the fields as they stand now. They must say what the undone commits left: anything else is somebody's later word. */
function bind(state: PastState, fields: readonly Field[]): Bound {
  const current = new Map(fields.map((field) => [fieldKey(field), field]));
  const pairs = [...state.fields].map(([key, values]) => ({ field: current.get(key), ...values }));
  if (pairs.every(({ field, value }) => field !== undefined && field.value === value)) {
    return unbound("already-restored", "the fields say already what they would be taken back to");
  }
  const effects: { field: Field; effect: FieldEffect }[] = [];
  for (const { field, left, value } of pairs) {
    if (left === undefined || value === undefined) {
      return unbound("edit-unsupported", "the change added or removed a field, which can't be taken back byte-exactly");
    }
    if (field === undefined || field.value !== left) {
      return unbound("value-drifted", "a field doesn't say any more what the suspect change wrote");
    }
    if (left === value) continue;
    const { file, document, path, line, role } = field;
    effects.push({ field, effect: { file, document, path, line, role, before: left, after: value } });
  }
  return { outcome: "bound", effects };
}

function unbound(code: ReasonCode, message: string): Bound {
  return { outcome: "refused", reason: { code, message } };
}

/** What forbids going back to this state, whatever the evidence. */
function obstacle(
  { diagnosis, files, barriers }: RollbackInput,
  state: PastState,
  effects: readonly FieldEffect[],
): Reason | undefined {
  const { service } = diagnosis.entry.target;
  const commits = state.undone.map(({ commit }) => commit.id);
  const paths = state.undone.flatMap(({ commit }) => commit.files.map(({ path }) => path));
  const values = effects.map(({ after }) => after);
  return barred(barriers, { service, values, commits }) ?? touchesMigration({ paths, files, service });
}

function inStep(effects: readonly FieldEffect[]): readonly Reason[] {
  if (effects.length < 2) return [];
  return [{ code: "change-in-step", message: `${effects.length} fields changed in step, so they go back in step` }];
}

function refused(code: ReasonCode, message: string): ActionResult {
  return { outcome: "refused", reasons: [{ code, message }] };
}

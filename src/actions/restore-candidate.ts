/** The candidate that brings a past state back: all that changed in step since, and nothing else. */
import type { Evidence } from "../diagnosis/diagnosis.ts";
import type { CatalogueTarget } from "../gitops/catalogue/catalogue.ts";
import type { CommitShare } from "../gitops/history/share.ts";
import type { Reason } from "../reason.ts";
import { barred } from "./barred.ts";
import type { Barrier } from "./barrier.ts";
import { type BoundChange, bindRestore } from "./bind-restore.ts";
import type { ActionResult } from "./candidate.ts";
import { candidateDigest } from "./candidate-digest.ts";
import { findRisks } from "./find-risks.ts";
import type { PastState } from "./past-state.ts";
import { placeOf } from "./place-of.ts";
import { touchesMigration } from "./touches-migration.ts";
import { versionOf } from "./version-of.ts";

export interface RestoreContext {
  readonly entry: CatalogueTarget;
  /** Current texts of the target's files. */
  readonly files: ReadonlyMap<string, string>;
  readonly barriers: readonly Barrier[];
  /** What each commit did to the target's own lines. Without it only the values of fields can be restored. */
  readonly shares?: readonly CommitShare[];
}

export interface Restore {
  readonly state: PastState;
  /** The commit that is taken back, for people. */
  readonly suspect: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly risks: readonly Reason[];
  readonly reasons: readonly Reason[];
  readonly evidence: readonly Evidence[];
}

/** What the same commits changed elsewhere stays, and may belong to it. */
const confidenceWhenSplit = 0.85;

/** Refused where the bytes can't be told without doubt, and where a barrier or a migration forbids it. */
export function restoreCandidate(context: RestoreContext, restore: Restore): ActionResult {
  const { entry, files, shares } = context;
  const { state, suspect } = restore;
  const bound = bindRestore({ state, entry, files, shares });
  if (bound.outcome === "refused") return { outcome: "refused", reasons: [bound.reason] };
  const forbidden = obstacle(context, state, bound);
  if (forbidden !== undefined) return { outcome: "refused", reasons: [forbidden] };
  const effects = bound.effects.map(({ effect }) => effect);
  const plan = { action: "rollback" as const, target: entry.target, files: bound.files };
  const left = leftAlone(state, bound, shares);
  const version = effects.length === 0 ? `what it was before ${suspect.slice(0, 12)}` : versionOf(effects, "after");
  const candidate = {
    ...plan,
    effects,
    ...(bound.lines === undefined ? {} : { lines: bound.lines }),
    title: `roll back ${placeOf(entry.target)} to ${version}`,
    confidence: Math.min(restore.confidence, left.length > 0 ? confidenceWhenSplit : 1),
    risks: [...restore.risks, ...findRisks({ ...bound, entry, texts: files, undone: state.undone })],
    reasons: [...restore.reasons, ...inStep(bound), ...left],
    evidence: restore.evidence,
    suspect,
    digest: candidateDigest(plan),
  };
  return { outcome: "candidate", candidate };
}

/** What forbids going back to this state, whatever the evidence. */
function obstacle(
  { entry, files, barriers }: RestoreContext,
  state: PastState,
  bound: BoundChange,
): Reason | undefined {
  const { service } = entry.target;
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

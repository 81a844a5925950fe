/** From a past state to the exact new texts: values where only values changed, lines of text otherwise. */
import type { CatalogueTarget, Field } from "../gitops/catalogue/catalogue.ts";
import { fieldKey } from "../gitops/catalogue/field-key.ts";
import type { CommitShare } from "../gitops/history/share.ts";
import { textDocument } from "../gitops/history/text-changes.ts";
import type { Reason, ReasonCode } from "../reason.ts";
import { asEdits } from "./as-edits.ts";
import type { FieldEffect, FileChange, LineEffect } from "./candidate.ts";
import { editFiles } from "./edit-files.ts";
import { lineEffects } from "./line-effects.ts";
import type { PastState } from "./past-state.ts";
import { type RestoredTexts, restoreTexts } from "./restore-texts.ts";

export interface BoundEffect {
  readonly field: Field;
  readonly effect: FieldEffect;
}

export interface BoundChange {
  readonly outcome: "bound";
  readonly effects: readonly BoundEffect[];
  readonly files: readonly FileChange[];
  /** Where more than values of fields comes back. */
  readonly lines?: readonly LineEffect[];
}

type Refused = { readonly outcome: "refused"; readonly reason: Reason };

export interface RestoreInput {
  readonly state: PastState;
  readonly entry: CatalogueTarget;
  /** Current texts. */
  readonly files: ReadonlyMap<string, string>;
  readonly shares: readonly CommitShare[] | undefined;
}

/**
 * Two ways that must not contradict each other. Where only values changed, both give the same bytes and the change is
 * told value by value; what stood there as text decides otherwise (a comment that came with the value goes with it).
 * Values alone are the way out where a later change came too near for the lines to be told apart.
 */
export function bindRestore({ state, entry, files, shares }: RestoreInput): BoundChange | Refused {
  const values = bindValues(state, entry.fields, files);
  if (shares === undefined) return values;
  const restored = restoredBy(state, shares, files);
  if (restored.outcome === "refused") return restored.reason.code === "value-drifted" ? values : restored;
  if (values.outcome === "bound" && sameFiles(values.files, restored.files)) return values;
  return {
    outcome: "bound",
    effects: knownEffects(state, entry.fields),
    files: restored.files,
    lines: lineEffects(restored.files),
  };
}

/** Every file whose fields changed must have a share, or the texts would hold only a part of the change. */
function restoredBy(
  { undone }: PastState,
  shares: readonly CommitShare[],
  files: ReadonlyMap<string, string>,
): RestoredTexts {
  const byCommit = new Map(shares.map((share) => [share.commit.id, share]));
  const wanted: CommitShare[] = [];
  for (const { commit, changes } of undone) {
    const share = byCommit.get(commit.id);
    if (share === undefined || changes.some(({ field }) => !share.files.has(field.file))) return unclear;
    wanted.push(share);
  }
  return restoreTexts(wanted, files);
}

const unclear: Refused = {
  outcome: "refused",
  reason: { code: "value-drifted", message: "the lines of the target can't be told from those of others" },
};

function sameFiles(a: readonly FileChange[], b: readonly FileChange[]): boolean {
  return (
    a.length === b.length && a.every(({ path, after }, index) => b[index]?.path === path && b[index]?.after === after)
  );
}

function bindValues(
  state: PastState,
  fields: readonly Field[],
  files: ReadonlyMap<string, string>,
): BoundChange | Refused {
  const bound = bind(state, fields);
  if ("reason" in bound) return bound;
  const edited = editFiles(asEdits(bound.map(({ effect }) => effect)), files);
  if (edited.outcome === "refused") return { outcome: "refused", reason: edited.reason };
  return { outcome: "bound", effects: bound, files: edited.files };
}

/** Finds the fields as they stand now. They must say what the undone commits left: anything else is somebody's later word. */
function bind(state: PastState, fields: readonly Field[]): readonly BoundEffect[] | Refused {
  const current = new Map(fields.map((field) => [fieldKey(field), field]));
  const pairs = [...state.fields].map(([key, values]) => ({ field: current.get(key), ...values }));
  if (pairs.every(({ field, value }) => field !== undefined && field.value === value)) {
    return unbound("already-restored", "the fields say already what they would be taken back to");
  }
  const effects: BoundEffect[] = [];
  for (const { field, left, value } of pairs) {
    if (left === undefined || value === undefined) {
      return unbound("edit-unsupported", "the change added or removed a field, which can't be taken back byte-exactly");
    }
    if (field === undefined || field.value !== left) {
      return unbound("value-drifted", "a field doesn't say any more what the suspect change wrote");
    }
    if (left !== value) effects.push({ field, effect: effectOf(field, left, value) });
  }
  return effects;
}

/** The values among the restored lines: told to people, and looked at for risks. */
function knownEffects(state: PastState, fields: readonly Field[]): readonly BoundEffect[] {
  const current = new Map(fields.map((field) => [fieldKey(field), field]));
  return [...state.fields].flatMap(([key, { left, value }]) => {
    const field = current.get(key);
    if (field === undefined || field.document === textDocument || field.value !== left) return [];
    return value === undefined || left === value ? [] : [{ field, effect: effectOf(field, left, value) }];
  });
}

function effectOf({ file, document, path, line, role }: Field, before: string, after: string): FieldEffect {
  return { file, document, path, line, role, before, after };
}

function unbound(code: ReasonCode, message: string): Refused {
  return { outcome: "refused", reason: { code, message } };
}

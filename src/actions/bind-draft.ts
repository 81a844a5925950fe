/** From what an action wants to write to a candidate: the exact bytes, proved, with the risks that such fields have. */
import type { Evidence } from "../diagnosis/diagnosis.ts";
import type { CatalogueTarget, Field } from "../gitops/catalogue/catalogue.ts";
import type { InsertEntry, RemoveEntry } from "../gitops/edit/edit.ts";
import type { Reason } from "../reason.ts";
import type { ActionName, ActionResult, FieldEffect, Lease } from "./candidate.ts";
import { candidateDigest } from "./candidate-digest.ts";
import { editFiles, type FileEdit } from "./edit-files.ts";
import { findRisks } from "./find-risks.ts";
import { immutableContent } from "./immutable-content.ts";
import { lineEffects } from "./line-effects.ts";
import { refused } from "./refused.ts";

export interface Draft {
  readonly action: ActionName;
  readonly entry: CatalogueTarget;
  readonly edits: readonly DraftEdit[];
  readonly title: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly reasons: readonly Reason[];
  /** Beside those that follow from the fields. */
  readonly risks?: readonly Reason[];
  readonly evidence?: readonly Evidence[];
  readonly suspect?: string | undefined;
  readonly lease?: Lease | undefined;
}

export type DraftEdit =
  | { readonly kind: "set"; readonly field: Field; readonly after: string }
  /** The file is one of the target's. */
  | { readonly kind: "insert"; readonly file: string; readonly entry: Omit<InsertEntry, "kind"> }
  | { readonly kind: "remove"; readonly field: Field }
  /** More than a value. */
  | { readonly kind: "clear"; readonly file: string; readonly entry: Omit<RemoveEntry, "kind"> };

/** All edits or none. `files`: current texts. */
export function bindDraft(draft: Draft, files: ReadonlyMap<string, string>): ActionResult {
  const { action, entry, title, confidence, reasons, risks = [], evidence = [], suspect, lease } = draft;
  const edits = draft.edits.filter((edit) => edit.kind !== "set" || edit.field.value !== edit.after);
  if (edits.length === 0) return refused("already-restored", "the fields say already what they would be set to");
  const edited = editFiles(edits.map(fileEdit), files);
  if (edited.outcome === "refused") return { outcome: "refused", reasons: [edited.reason] };
  const fixed = edited.files.flatMap(immutableContent);
  if (fixed.length > 0) return { outcome: "refused", reasons: fixed };
  const bound = edits.flatMap((edit) =>
    edit.kind === "set" ? [{ field: edit.field, effect: effectOf(edit.field, edit.after) }] : [],
  );
  const plan = { action, target: entry.target, files: edited.files };
  // Entries that come or go are told as lines; then all of the change is.
  const lines = bound.length === edits.length ? undefined : lineEffects(edited.files);
  const touched = { entry, effects: bound, ...(lines === undefined ? {} : { lines }), files: edited.files };
  return {
    outcome: "candidate",
    candidate: {
      ...plan,
      effects: bound.map(({ effect }) => effect),
      ...(lines === undefined ? {} : { lines }),
      title,
      confidence,
      risks: [...risks, ...findRisks({ ...touched, texts: files, undone: [] })],
      reasons,
      evidence,
      suspect,
      ...(lease === undefined ? {} : { lease }),
      digest: candidateDigest(plan),
    },
  };
}

function fileEdit(edit: DraftEdit): FileEdit {
  if (edit.kind === "insert") return { file: edit.file, edit: { kind: "insert", ...edit.entry } };
  if (edit.kind === "clear") return { file: edit.file, edit: { kind: "remove", ...edit.entry } };
  const { file, document, path, value } = edit.field;
  return edit.kind === "remove"
    ? { file, edit: { kind: "remove", document, path, before: value } }
    : { file, edit: { document, path, before: value, after: edit.after } };
}

function effectOf({ file, document, path, line, role, value }: Field, after: string): FieldEffect {
  return { file, document, path, line, role, before: value, after };
}

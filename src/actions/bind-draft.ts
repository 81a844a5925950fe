/** From what an action wants to write to a candidate: the exact bytes, proved, with the risks that such fields have. */
import type { Evidence } from "../diagnosis/diagnosis.ts";
import type { CatalogueTarget, Field } from "../gitops/catalogue/catalogue.ts";
import type { Reason } from "../reason.ts";
import type { ActionName, ActionResult, FieldEffect, Lease } from "./candidate.ts";
import { candidateDigest } from "./candidate-digest.ts";
import { editFiles } from "./edit-files.ts";
import { findRisks } from "./find-risks.ts";

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

export interface DraftEdit {
  readonly field: Field;
  readonly after: string;
}

/** All edits or none. `files`: current texts. */
export function bindDraft(draft: Draft, files: ReadonlyMap<string, string>): ActionResult {
  const { action, entry, edits, title, confidence, reasons, risks = [], evidence = [], suspect, lease } = draft;
  const bound = edits
    .filter(({ field, after }) => field.value !== after)
    .map(({ field, after }) => ({ field, effect: effectOf(field, after) }));
  if (bound.length === 0) {
    const message = "the fields say already what they would be set to";
    return { outcome: "refused", reasons: [{ code: "already-restored", message }] };
  }
  const effects = bound.map(({ effect }) => effect);
  const edited = editFiles(effects, files);
  if (edited.outcome === "refused") return { outcome: "refused", reasons: [edited.reason] };
  const plan = { action, target: entry.target, files: edited.files };
  return {
    outcome: "candidate",
    candidate: {
      ...plan,
      effects,
      title,
      confidence,
      risks: [...risks, ...findRisks({ entry, effects: bound, files: edited.files, texts: files, undone: [] })],
      reasons,
      evidence,
      suspect,
      ...(lease === undefined ? {} : { lease }),
      digest: candidateDigest(plan),
    },
  };
}

function effectOf({ file, document, path, line, role, value }: Field, after: string): FieldEffect {
  return { file, document, path, line, role, before: value, after };
}

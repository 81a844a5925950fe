/** A suspect that changed one field, for actions that a runbook chooses. */
import type { Diagnosis } from "../../src/diagnosis/diagnosis.ts";
import type { CatalogueTarget, Field } from "../../src/gitops/catalogue/catalogue.ts";
import type { FieldChange } from "../../src/gitops/history/field-change.ts";
import { noon } from "./on-paper.ts";

export const culprit = "c".repeat(40);

export function changedBy(
  field: Field,
  values: { readonly before: string | undefined; readonly after: string },
): FieldChange {
  const person = { name: "p", email: "p@shop.example" };
  const commit = {
    id: culprit,
    parents: [],
    author: person,
    committer: person,
    authoredAt: noon,
    committedAt: noon,
    message: "change it",
    files: [],
  };
  return { field, commit, ...values };
}

/** The same change, had Remit made it. */
export function ours(change: FieldChange): FieldChange {
  return { ...change, commit: { ...change.commit, message: `turn it\n\nRemit-Candidate: ${"a".repeat(64)}` } };
}

/** No change: no suspect. */
export function suspicionOf(entry: CatalogueTarget, changes: readonly FieldChange[]): Diagnosis {
  const suspect = {
    commit: culprit,
    committedAt: noon,
    author: "p",
    subject: "change it",
    score: 0.95,
    why: [],
    paths: [],
  };
  const suspects = changes.length === 0 ? [] : [{ ...suspect, changes }];
  return { entry, troubleAt: noon, suspects, confidence: 0.95, reasons: [], evidence: [] };
}

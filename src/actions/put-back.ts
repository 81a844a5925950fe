/** Edits that take one commit's changes of some fields back, all of them or none. */
import type { CatalogueTarget } from "../gitops/catalogue/catalogue.ts";
import { fieldKey } from "../gitops/catalogue/field-key.ts";
import type { FieldChange } from "../gitops/history/field-change.ts";
import type { Reason } from "../reason.ts";
import type { DraftEdit } from "./bind-draft.ts";

export type PutBack =
  | { readonly outcome: "edits"; readonly edits: readonly DraftEdit[] }
  | { readonly outcome: "refused"; readonly reasons: readonly Reason[] };

/** `what`: for people. */
export function putBack(entry: CatalogueTarget, changes: readonly FieldChange[], what: string): PutBack {
  const edits: DraftEdit[] = [];
  for (const { field, before, after, commit } of changes) {
    const now = entry.fields.find((other) => fieldKey(other) === fieldKey(field));
    if (now?.value !== after) return refused("value-drifted", `${what} isn't what the change made of it any more`);
    if (now === undefined)
      return refused("edit-unsupported", `the change took an entry of ${what} away: roll it back instead`);
    if (before === undefined && commit.files.some(({ path, status }) => path === field.file && status === "added"))
      return refused("edit-unsupported", `${what} came with its whole file: roll that back instead`);
    edits.push(before === undefined ? { kind: "remove", field: now } : { kind: "set", field: now, after: before });
  }
  // Several entries came: what is around them came with them, and would be left.
  if (edits.filter(({ kind }) => kind === "remove").length > 1)
    return refused("edit-unsupported", `the change made ${what} anew: roll it back instead`);
  return { outcome: "edits", edits };
}

function refused(code: Reason["code"], message: string): PutBack {
  return { outcome: "refused", reasons: [{ code, message }] };
}

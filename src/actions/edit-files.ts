import type { Edit } from "../gitops/edit/edit.ts";
import { editEntries } from "../gitops/edit/edit-entries.ts";
import { secretBearing } from "../gitops/edit/secret-bearing.ts";
import { writablePath } from "../gitops/edit/writable-path.ts";
import type { Reason } from "../reason.ts";
import type { FileChange } from "./candidate.ts";

export type EditedFiles =
  | { readonly outcome: "edited"; readonly files: readonly FileChange[] }
  | { readonly outcome: "refused"; readonly reason: Reason };

export interface FileEdit {
  readonly file: string;
  readonly edit: Edit;
}

/** Applies the edits to the current texts, byte-exactly: all of them or none. Files come out in the order of their paths. */
export function editFiles(edits: readonly FileEdit[], texts: ReadonlyMap<string, string>): EditedFiles {
  const files: FileChange[] = [];
  for (const path of [...new Set(edits.map(({ file }) => file))].toSorted()) {
    const denied = writablePath(path);
    if (denied !== undefined) return { outcome: "refused", reason: denied };
    const before = texts.get(path);
    if (before === undefined) return refused("edit-not-found", "a file of the target is no longer there");
    if (secretBearing(before)) return refused("path-denied", "Remit never writes a file that may hold secrets");
    const own = edits.filter(({ file }) => file === path).map(({ edit }) => edit);
    const result = editEntries(path, before, own);
    if (result.outcome === "refused") return result;
    files.push({ path, before, after: result.text });
  }
  return { outcome: "edited", files };
}

function refused(code: "edit-not-found" | "path-denied", message: string): EditedFiles {
  return { outcome: "refused", reason: { code, message } };
}

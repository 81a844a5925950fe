/** Brings back what stood in a target's files before some commits, as text: to the byte, and nothing that isn't the target's own. */
import { type FileText, revertText } from "../gitops/edit/revert-text.ts";
import type { CommitShare } from "../gitops/history/share.ts";
import type { Reason, ReasonCode } from "../reason.ts";
import type { FileChange } from "./candidate.ts";
import { deniedChange } from "./denied-change.ts";

export type RestoredTexts =
  | { readonly outcome: "restored"; readonly files: readonly FileChange[] }
  | { readonly outcome: "refused"; readonly reason: Reason };

/** `undone`: newest first. `files`: current texts. All files or none, in the order of their paths. */
export function restoreTexts(undone: readonly CommitShare[], files: ReadonlyMap<string, string>): RestoredTexts {
  const texts = new Map<string, FileText>();
  for (const { commit, files: shares } of undone) {
    for (const [path, change] of shares) {
      const entry = commit.files.find((file) => file.path === path);
      if (entry !== undefined && ![entry.modeBefore, entry.modeAfter].every((mode) => plainModes.has(mode)))
        return refused("file-not-regular", "a file is, or was, something else than a plain file");
      const reverted = revertText(change, texts.has(path) ? texts.get(path) : files.get(path));
      if (reverted.outcome === "refused") return reverted;
      texts.set(path, reverted.text);
    }
  }
  const changes: FileChange[] = [];
  for (const path of [...texts.keys()].toSorted()) {
    const change = { path, before: files.get(path), after: texts.get(path) };
    if (change.before === change.after) continue;
    const denied = deniedChange(change);
    if (denied !== undefined) return { outcome: "refused", reason: denied };
    changes.push(change);
  }
  if (changes.length === 0)
    return refused("already-restored", "the files say already what they would be taken back to");
  return { outcome: "restored", files: changes };
}

/** No file, or a plain one. */
const plainModes: ReadonlySet<string> = new Set(["000000", "100644"]);
function refused(code: ReasonCode, message: string): RestoredTexts {
  return { outcome: "refused", reason: { code, message } };
}

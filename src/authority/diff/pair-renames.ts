/** Files that went and came back unchanged under another name. */
import type { ClassifiedFile } from "./classify-file.ts";

export interface Rename {
  readonly from: string;
  readonly to: string;
}

/** By both names. Empty files are alike without being the same, and a file is paired once. */
export function pairRenames(files: readonly ClassifiedFile[]): ReadonlyMap<string, Rename> {
  const gone = new Map<string, string>();
  for (const { file, as } of files) {
    if (as === "file-removed" && file.before.text) gone.set(file.before.text, file.path);
  }
  const renames = new Map<string, Rename>();
  for (const { file, as } of files) {
    const text = as === "file-added" ? (file.after.text ?? "") : "";
    const from = gone.get(text);
    if (from === undefined) continue;
    gone.delete(text);
    const rename = { from, to: file.path };
    renames.set(from, rename).set(file.path, rename);
  }
  return renames;
}

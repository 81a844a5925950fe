/** A three-way merge of two trees, file by file and then line by line, as `git merge-tree` does it for plain files. */
import { splitLines } from "../../../src/gitops/edit/line-diff.ts";
import { revertText } from "../../../src/gitops/edit/revert-text.ts";
import type { FlatEntry, ObjectStore } from "./object-store.ts";

type Files = ReadonlyMap<string, FlatEntry>;

/** undefined: the two sides conflict. */
export function mergeFiles(store: ObjectStore, base: Files, ours: Files, theirs: Files): Files | undefined {
  const merged = new Map(ours);
  for (const path of new Set([...base.keys(), ...theirs.keys()])) {
    const [before, mine, yours] = [base.get(path), ours.get(path), theirs.get(path)];
    if (same(before, yours) || same(mine, yours)) continue;
    if (same(before, mine)) {
      if (yours === undefined) merged.delete(path);
      else merged.set(path, yours);
      continue;
    }
    if (before === undefined || mine === undefined || yours === undefined || mine.mode !== yours.mode) return undefined;
    // Taking "theirs became base" back in ours is doing "base became theirs" to ours.
    const text = (entry: FlatEntry) => store.read(entry.oid)?.body.toString() ?? "";
    const result = revertText({ before: text(yours), after: text(before) }, text(mine));
    if (result.outcome !== "reverted" || result.text === undefined) return undefined;
    merged.set(path, { mode: mine.mode, oid: store.writeBlob(splitLines(result.text).join("")) });
  }
  return merged;
}

function same(a: FlatEntry | undefined, b: FlatEntry | undefined): boolean {
  return a?.oid === b?.oid && a?.mode === b?.mode;
}

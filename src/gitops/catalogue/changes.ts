/** What differs between the files of two revisions. */
import type { FileFacts } from "./document-facts.ts";

export interface PathChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export interface FileChanges extends PathChanges {
  /** Paths whose facts differ, those included that are added or removed. */
  readonly changed: ReadonlySet<string>;
}

/** A file whose text is new and whose facts are the same hasn't changed. Both maps in the order of paths. */
export function fileChanges(before: ReadonlyMap<string, FileFacts>, now: ReadonlyMap<string, FileFacts>): FileChanges {
  const changed = new Set<string>();
  const added: string[] = [];
  for (const [path, facts] of now) {
    const known = before.get(path);
    if (known === facts) continue;
    if (known === undefined) added.push(path);
    else if (JSON.stringify(known) === JSON.stringify(facts)) continue;
    changed.add(path);
  }
  const removed: string[] = [];
  if (now.size < before.size + added.length) for (const path of before.keys()) if (!now.has(path)) removed.push(path);
  for (const path of removed) changed.add(path);
  return { changed, added, removed };
}

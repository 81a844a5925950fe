import type { TreeEntry } from "./mirror.ts";

/** Reads `git ls-tree -r -z`. A path that isn't UTF-8 keeps its entry, with U+FFFD for the bytes that aren't. */
export function parseTree(output: string): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (const line of output.split("\0")) {
    const tab = line.indexOf("\t");
    if (tab < 0) continue;
    const [mode = "", , object = ""] = line.slice(0, tab).split(" ");
    entries.push({ path: line.slice(tab + 1), mode, object });
  }
  return entries;
}

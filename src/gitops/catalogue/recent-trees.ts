/** Trees of the files that were asked for last: targets that are read one after the other mostly share a few files. */
import type { RepositoryFile } from "../repository-file.ts";
import type { YamlNode } from "../yaml-tree.ts";
import { lineIndex } from "./line-index.ts";
import { readTree } from "./read-tree.ts";

export interface RecentTree {
  readonly text: string;
  readonly documents: readonly YamlNode[];
  /** 1-based line of an offset. */
  lineAt(offset: number): number;
}

const kept = 64;

/** undefined for a file that can't be read. */
export function recentTrees(texts: ReadonlyMap<string, RepositoryFile>): (file: string) => RecentTree | undefined {
  const trees = new Map<string, RecentTree | undefined>();
  return (file) => {
    if (trees.has(file)) return trees.get(file);
    const text = texts.get(file)?.text ?? "";
    const parsed = readTree(file, text);
    const tree = parsed.ok ? { text, documents: parsed.documents, lineAt: lineIndex(text) } : undefined;
    trees.set(file, tree);
    const [oldest] = trees.keys();
    if (trees.size > kept && oldest !== undefined) trees.delete(oldest);
    return tree;
  };
}

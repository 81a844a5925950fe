/** Names of a file's documents that survive when they are put in another order. None holds a slash. */
import { documentKind } from "../catalogue/document-kind.ts";
import { textAt } from "../catalogue/node-access.ts";
import type { YamlNode } from "../yaml-tree.ts";

export function documentIdentities(file: string, documents: readonly YamlNode[]): readonly string[] {
  const seen = new Map<string, number>();
  return documents.map((root) => {
    const words = [documentKind(file, root), textAt(root, "metadata", "namespace"), textAt(root, "metadata", "name")];
    const identity = words.map((word) => encodeURIComponent(word ?? "")).join(":");
    const count = seen.get(identity) ?? 0;
    seen.set(identity, count + 1);
    return `${identity}#${count}`;
  });
}

import type { YamlNode } from "../yaml-tree.ts";

/** Does an alias below `node` repeat one of these anchors? */
export function aliased(node: YamlNode, anchors: ReadonlySet<string | undefined>): boolean {
  if (node.kind === "alias") return anchors.has(node.name);
  if (node.kind === "mapping") return node.entries.some((entry) => aliased(entry.value, anchors));
  return node.kind === "sequence" && node.items.some((item) => aliased(item, anchors));
}

/** What in a tree makes a value's place tell less than it seems: it may stand for others, or be read differently. */
import type { YamlNode } from "../../gitops/yaml-tree.ts";
import type { ReasonCode } from "../../reason.ts";

export function treeDoubts(documents: readonly YamlNode[]): ReadonlySet<ReasonCode> {
  const doubts = new Set<ReasonCode>();
  const open: YamlNode[] = [...documents];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === "alias") {
      doubts.add("edit-alias");
      continue;
    }
    if (node.anchor !== undefined) doubts.add("edit-alias");
    if (node.tagged) doubts.add("edit-unsupported");
    if (node.kind === "sequence") for (const item of node.items) open.push(item);
    if (node.kind !== "mapping") continue;
    const keys = new Set<string>();
    for (const { key, value } of node.entries) {
      if (key === undefined) doubts.add("edit-unsupported");
      else if (keys.has(key)) doubts.add("edit-duplicate-key");
      else keys.add(key);
      if (key === "<<") doubts.add("edit-alias");
      open.push(value);
    }
  }
  return doubts;
}

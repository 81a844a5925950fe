/** Where a part with a stable name stands. */
import type { FieldPath } from "../catalogue/catalogue.ts";
import type { YamlNode } from "../yaml-tree.ts";
import { itemNames } from "./item-names.ts";

export interface NamedPart {
  readonly node: YamlNode;
  readonly path: FieldPath;
}

/**
 * The deepest mapping or list that surely holds all of the part: itself, or one above it where it is a value, stands inside a block of
 * text, has a name that comes twice or isn't there at all, or belongs to what names a Kubernetes object.
 */
export function namedPart(root: YamlNode, steps: readonly string[]): NamedPart {
  let part: NamedPart = { node: root, path: [] };
  if (aboutTheObject.has(steps[0] ?? "")) return part;
  for (const name of steps) {
    const found = below(part.node, name);
    if (found === undefined || (found.node.kind !== "mapping" && found.node.kind !== "sequence")) break;
    part = { node: found.node, path: [...part.path, found.step] };
  }
  return part;
}

const aboutTheObject: ReadonlySet<string> = new Set(["apiVersion", "kind", "metadata", "status"]);

function below(node: YamlNode, name: string): { node: YamlNode; step: string | number } | undefined {
  if (node.kind === "sequence") {
    const index = itemNames(node).indexOf(name);
    const item = node.items[index];
    return item && { node: item, step: index };
  }
  if (node.kind !== "mapping") return undefined;
  const [entry, ...others] = node.entries.filter(({ key }) => key !== undefined && encodeURIComponent(key) === name);
  return entry?.key === undefined || others.length > 0 ? undefined : { node: entry.value, step: entry.key };
}

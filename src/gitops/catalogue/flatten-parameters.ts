import type { YamlNode } from "../yaml-tree.ts";
import type { Parameters } from "./application-set-facts.ts";

/** Files and elements with more are no parameters of applications. */
const maxParameters = 500;

/** Scalars by their dotted keys, list items by their index. */
export function flattenParameters(node: YamlNode | undefined, prefix = ""): Parameters {
  const found: [string, string][] = [];
  const visit = (current: YamlNode, name: string): void => {
    if (found.length >= maxParameters) return;
    const below = (key: string | number): string => (name === "" ? `${key}` : `${name}.${key}`);
    if (current.kind === "scalar") found.push([name, current.value]);
    else if (current.kind === "sequence")
      for (const [index, item] of current.items.entries()) visit(item, below(index));
    else if (current.kind === "mapping")
      for (const { key, value } of current.entries) if (key !== undefined) visit(value, below(key));
  };
  if (node !== undefined) visit(node, prefix);
  return Object.fromEntries(found);
}

/** Small questions to a YAML tree. */
import type { YamlMapping, YamlNode } from "../yaml-tree.ts";

/** The value below the keys; undefined where a step isn't there. */
export function at(node: YamlNode | undefined, ...keys: readonly (string | number)[]): YamlNode | undefined {
  let current = node;
  for (const key of keys) {
    if (current === undefined) return undefined;
    if (typeof key === "number") current = current.kind === "sequence" ? current.items[key] : undefined;
    else current = current.kind === "mapping" ? valueBelow(current, key) : undefined;
  }
  return current;
}

/** Mappings with more entries are looked up in an index, so that asking for each of many keys stays linear. */
const searchedEntries = 32;
const indexes = new WeakMap<YamlMapping, ReadonlyMap<string | undefined, YamlNode>>();

/** Of a repeated key, the first value. */
function valueBelow(mapping: YamlMapping, key: string): YamlNode | undefined {
  const { entries } = mapping;
  if (entries.length <= searchedEntries) return entries.find((entry) => entry.key === key)?.value;
  let index = indexes.get(mapping);
  if (index === undefined) {
    index = new Map(entries.toReversed().map((entry) => [entry.key, entry.value]));
    indexes.set(mapping, index);
  }
  return index.get(key);
}

/** A non-empty scalar's text below the keys. */
export function textAt(node: YamlNode | undefined, ...keys: readonly (string | number)[]): string | undefined {
  const found = at(node, ...keys);
  return found?.kind === "scalar" && found.value !== "" ? found.value : undefined;
}

export function itemsAt(node: YamlNode | undefined, ...keys: readonly (string | number)[]): readonly YamlNode[] {
  const found = at(node, ...keys);
  return found?.kind === "sequence" ? found.items : [];
}

export function isMapping(node: YamlNode | undefined): node is YamlMapping {
  return node?.kind === "mapping";
}

/** Parts of a values tree that have an identity of their own: list items with a name, and components below a key. */
import type { YamlMapping, YamlNode } from "../yaml-tree.ts";
import type { FieldPath } from "./catalogue.ts";
import type { ItemFacts } from "./document-facts.ts";
import { at, textAt } from "./node-access.ts";
import { genericNames } from "./words.ts";

const maxItems = 10_000;
/** Keys that hold which version runs. */
const versionKey = /^(?:image|tag|newTag|version|targetRevision|chartVersion|appVersion)$|(?:Image|Tag|_tag|_image)$/i;

/** Parts of whatever runs them, such as `initContainers`. */
const containers = /containers$|^sidecars$/i;

export function findItems(root: YamlNode, roots: readonly FieldPath[]): ItemFacts[] {
  const items: ItemFacts[] = [];
  for (const path of roots) {
    const start = at(root, ...path);
    if (start !== undefined) walk(start, path, items);
  }
  return items;
}

/** Does the part hold a version somewhere? Items without one are configuration of whatever holds them. */
function walk(node: YamlNode, path: FieldPath, items: ItemFacts[]): boolean {
  if (items.length >= maxItems) return false;
  if (node.kind === "sequence") {
    let any = false;
    const parts = containers.test(String(path.at(-1)));
    for (const [index, item] of node.items.entries()) {
      const holds = walk(item, [...path, index], items);
      const names = parts ? [] : [textAt(item, "name"), textAt(item, "alias")].filter((name) => name !== undefined);
      if (names.length > 0 && holds) items.push({ path: [...path, index], names, image: undefined });
      else if (names.length > 0 && isNested(item))
        items.push({ path: [...path, index], names, image: undefined, weak: true });
      any ||= holds;
    }
    return any;
  }
  return node.kind === "mapping" && walkMapping(node, path, items);
}

/** `{name: CART_URL, value: …}` is nothing by itself. */
function isNested(item: YamlNode): boolean {
  return item.kind === "mapping" && item.entries.some(({ value }) => value.kind === "mapping");
}

function walkMapping(node: YamlMapping, path: FieldPath, items: ItemFacts[]): boolean {
  let any = false;
  for (const { key, value } of node.entries) {
    if (key === undefined) continue;
    if (value.kind === "scalar") any ||= versionKey.test(key) && value.value !== "";
    else if (walk(value, [...path, key], items)) {
      any = true;
      if (value.kind === "mapping" && isComponent(key, value))
        items.push({ path: [...path, key], names: [key, ...ownNames(value)], image: undefined });
    }
  }
  return any;
}

/** `checkout: {image: …}` is a component; `image: {tag: …}` and `global: {…}` are not. */
function isComponent(key: string, value: YamlMapping): boolean {
  if (genericNames.has(key) || versionKey.test(key)) return false;
  return value.entries.some((entry) => entry.key !== undefined && versionKey.test(entry.key));
}

function ownNames(value: YamlMapping): string[] {
  return [textAt(value, "name"), textAt(value, "nameOverride"), textAt(value, "fullnameOverride")].filter(
    (name) => name !== undefined,
  );
}

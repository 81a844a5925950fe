/** Elements of an ApplicationSet's list generators: each makes an application of its own. Matrix and merge generators are looked into. */
import type { YamlMapping, YamlNode } from "../yaml-tree.ts";
import type { FieldPath } from "./catalogue.ts";
import type { ItemFacts } from "./document-facts.ts";
import { isMapping, itemsAt, textAt } from "./node-access.ts";

/** Keys by which elements usually say whom they are about. What an element is called otherwise can't be told from a cluster's name. */
const nameKeys = ["name", "app", "appName", "service", "serviceName", "application", "component", "release", "chart"];
const maxDepth = 4;

export function generatorElements(root: YamlNode): ItemFacts[] {
  return within(root, ["spec", "generators"], maxDepth);
}

function within(root: YamlNode, path: FieldPath, depth: number): ItemFacts[] {
  if (depth === 0) return [];
  return itemsAt(root, ...path).flatMap((_, index) => {
    const generator = [...path, index];
    const elements = [...generator, "list", "elements"];
    const own = itemsAt(root, ...elements).flatMap((element, place) => {
      const names = isMapping(element) ? namesOf(element) : [];
      return names.length === 0 ? [] : [{ path: [...elements, place], names, image: undefined }];
    });
    const inner = ["matrix", "merge"].flatMap((kind) => within(root, [...generator, kind, "generators"], depth - 1));
    return [...own, ...inner];
  });
}

/** An element that holds nothing but its name, or names a cluster's address, stands for a place, not for a service. */
function namesOf(element: YamlMapping): readonly string[] {
  if (element.entries.length < 2 || element.entries.some(({ key }) => key === "server" || key === "url")) return [];
  const found = nameKeys.map((key) => textAt(element, key)).filter((name) => name !== undefined);
  return [...new Set(found)].filter((name) => !name.includes("{{"));
}

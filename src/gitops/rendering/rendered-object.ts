/** What a renderer printed, object by object. */
import { at, itemsAt, textAt } from "../catalogue/node-access.ts";
import { parseYamlTree, type YamlNode } from "../yaml-tree.ts";

export interface RenderedObject {
  /** Without the version: `apps`; "" for the core's. */
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly root: YamlNode;
}

/** undefined where something in it isn't an object. Lists are their items. */
export function renderedObjects(text: string): readonly RenderedObject[] | undefined {
  const parsed = parseYamlTree(text);
  return parsed.ok ? objectsOf(parsed.documents) : undefined;
}

export function objectsOf(documents: readonly YamlNode[]): readonly RenderedObject[] | undefined {
  const objects: RenderedObject[] = [];
  for (const root of documents) {
    if (root.kind === "scalar" && root.value === "") continue;
    const [version, kind] = [textAt(root, "apiVersion"), textAt(root, "kind")];
    if (version === undefined || kind === undefined) return undefined;
    if (kind.endsWith("List") && at(root, "items")?.kind === "sequence") {
      const items = objectsOf(itemsAt(root, "items"));
      if (items === undefined) return undefined;
      objects.push(...items);
      continue;
    }
    const name = textAt(root, "metadata", "name") ?? textAt(root, "metadata", "generateName") ?? "";
    const group = version.includes("/") ? version.slice(0, version.indexOf("/")) : "";
    objects.push({ group, kind, namespace: textAt(root, "metadata", "namespace") ?? "", name, root });
  }
  return objects;
}

/** `Deployment shop/checkout`. Names from the repository: make it code before it is shown. */
export function objectName({ kind, namespace, name }: RenderedObject): string {
  return namespace === "" ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

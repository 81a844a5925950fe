/** Places in a document as people write them: `Deployment/web::spec.template.spec.containers[name=app].image`, `resources[0]`. */
import type { FieldPath } from "../src/gitops/catalogue/catalogue.ts";
import { textAt } from "../src/gitops/catalogue/node-access.ts";
import type { YamlNode } from "../src/gitops/yaml-tree.ts";

export interface NamedPlace {
  readonly document: number;
  readonly path: FieldPath;
}

/** The scalar there; undefined where there is none. */
export function namedPlace(documents: readonly YamlNode[], named: string): NamedPlace | undefined {
  const [object, inside] = split(named);
  for (const [document, root] of documents.entries()) {
    if (object !== undefined && object !== `${textAt(root, "kind")}/${textAt(root, "metadata", "name")}`) continue;
    const path = find(root, inside);
    if (path !== undefined) return { document, path };
  }
  return undefined;
}

/** The place of what holds it: `spec` of `spec.replicas`, where only that is there. The document itself at last. */
export function namedParent(documents: readonly YamlNode[], named: string): NamedPlace | undefined {
  const [object, inside] = split(named);
  for (const [document, root] of documents.entries()) {
    if (object !== undefined && object !== `${textAt(root, "kind")}/${textAt(root, "metadata", "name")}`) continue;
    let [node, rest, path]: [YamlNode, string, FieldPath] = [root, inside, []];
    for (;;) {
      const next = step(node, rest);
      if (next === undefined || next.rest === "") return { document, path };
      [node, rest, path] = [next.node, next.rest, [...path, next.step]];
    }
  }
  return undefined;
}

function split(named: string): [object: string | undefined, inside: string] {
  const at = named.indexOf("::");
  return at < 0 ? [undefined, named] : [named.slice(0, at), named.slice(at + 2)];
}

function find(node: YamlNode, rest: string): FieldPath | undefined {
  if (rest === "") return node.kind === "scalar" ? [] : undefined;
  const next = step(node, rest);
  const below = next === undefined ? undefined : find(next.node, next.rest);
  return next === undefined || below === undefined ? undefined : [next.step, ...below];
}

interface Step {
  readonly node: YamlNode;
  readonly step: string | number;
  readonly rest: string;
}

function step(node: YamlNode, rest: string): Step | undefined {
  if (node.kind === "mapping") {
    // Keys may hold dots and brackets themselves: the longest one that fits.
    const fitting = node.entries.filter(({ key }) => key !== undefined && startsWithKey(rest, key));
    const [best] = fitting.sort((a, b) => (b.key?.length ?? 0) - (a.key?.length ?? 0));
    if (best?.key === undefined) return undefined;
    return { node: best.value, step: best.key, rest: rest.slice(best.key.length).replace(/^\./, "") };
  }
  const [whole, index, name] = /^\[(?:(\d+)|name=([^\]]*))\]\.?/.exec(rest) ?? [];
  if (whole === undefined || node.kind !== "sequence") return undefined;
  const at = name === undefined ? Number(index) : node.items.findIndex((item) => textAt(item, "name") === name);
  const item = node.items[at];
  return item && { node: item, step: at, rest: rest.slice(whole.length) };
}

function startsWithKey(rest: string, key: string): boolean {
  return rest.startsWith(key) && (rest.length === key.length || ".[".includes(rest.charAt(key.length)));
}

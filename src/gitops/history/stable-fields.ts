/** A file's fields under names that survive moved lines, reordered documents and reordered named list items. */
import type { FieldPath, Scope } from "../catalogue/catalogue.ts";
import { type BareField, collectFields } from "../catalogue/collect-fields.ts";
import { documentKind } from "../catalogue/document-kind.ts";
import { lineIndex } from "../catalogue/line-index.ts";
import { at, textAt } from "../catalogue/node-access.ts";
import { readTree } from "../catalogue/read-tree.ts";
import type { YamlNode } from "../yaml-tree.ts";
import { documentLines, partLines } from "./part-lines.ts";

export interface StableFields {
  /** The stable name of a part of this text; undefined where the part isn't there. */
  scopeName(scope: Pick<Scope, "document" | "path">): string | undefined;
  /** All fields below the named part, by stable name. Empty where the part isn't there. */
  fields(scopeName: string): ReadonlyMap<string, BareField>;
  /**
   * First and last line of the named part, from 0 and both included; undefined where the part isn't there. With the key that it stands
   * under; a whole document with its `---` and the comments above its first line.
   */
  lines(scopeName: string): readonly [first: number, last: number] | undefined;
}

/** undefined for a text that can't be read. */
export function stableFields(file: string, text: string): StableFields | undefined {
  const parsed = readTree(file, text);
  if (!parsed.ok) return undefined;
  const identities = documentIdentities(file, parsed.documents);
  let all: ReadonlyMap<string, BareField> | undefined;
  const fields = (scopeName: string): ReadonlyMap<string, BareField> => {
    all ??= collectAll(file, text, parsed.documents, identities);
    const found = new Map<string, BareField>();
    for (const [name, field] of all) if (name === scopeName || name.startsWith(`${scopeName}/`)) found.set(name, field);
    return found;
  };
  return {
    fields,
    scopeName(scope) {
      const root = parsed.documents[scope.document];
      const identity = identities[scope.document];
      if (root === undefined || identity === undefined || at(root, ...scope.path) === undefined) return undefined;
      return stableName(identity, root, scope.path);
    },
    lines(scopeName) {
      const steps = scopeName.split("/").length - 1;
      if (steps === 0) return documentLines(text, parsed.documents[identities.indexOf(scopeName)]);
      const [inside] = fields(scopeName).values();
      return inside && partLines(text, parsed.documents[inside.document], inside.path.slice(0, steps));
    },
  };
}

function collectAll(
  file: string,
  text: string,
  documents: readonly YamlNode[],
  identities: readonly string[],
): ReadonlyMap<string, BareField> {
  const lineAt = lineIndex(text);
  const all = new Map<string, BareField>();
  for (const [document, root] of documents.entries()) {
    const source = { file, document, kind: documentKind(file, root), text, lineAt };
    for (const field of collectFields(source, root, []))
      all.set(stableName(identities[document] ?? "", root, field.path), field);
  }
  return all;
}

function documentIdentities(file: string, documents: readonly YamlNode[]): readonly string[] {
  const seen = new Map<string, number>();
  return documents.map((root) => {
    const words = [documentKind(file, root), textAt(root, "metadata", "namespace"), textAt(root, "metadata", "name")];
    const identity = words.map((word) => encodeURIComponent(word ?? "")).join(":");
    const count = seen.get(identity) ?? 0;
    seen.set(identity, count + 1);
    return `${identity}#${count}`;
  });
}

function stableName(identity: string, root: YamlNode, path: FieldPath): string {
  let name = identity;
  let node: YamlNode | undefined = root;
  for (const step of path) {
    name += `/${typeof step === "string" ? encodeURIComponent(step) : itemName(node, step)}`;
    node = at(node, step);
  }
  return name;
}

/** An item by its `name` (or `key`, `id`) where no other item of the list has the same, by its place otherwise. */
function itemName(list: YamlNode | undefined, index: number): string {
  const items = list?.kind === "sequence" ? list.items : [];
  for (const key of ["name", "key", "id"]) {
    const own = textAt(items[index], key);
    if (own !== undefined && items.filter((item) => textAt(item, key) === own).length === 1)
      return `[${key}=${encodeURIComponent(own)}]`;
  }
  return `[${index}]`;
}

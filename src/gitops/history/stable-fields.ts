/** A file's fields under names that survive moved lines, reordered documents and reordered named list items. */
import type { FieldPath, Scope } from "../catalogue/catalogue.ts";
import { type BareField, collectFields } from "../catalogue/collect-fields.ts";
import { documentKind } from "../catalogue/document-kind.ts";
import { lineIndex } from "../catalogue/line-index.ts";
import { at } from "../catalogue/node-access.ts";
import { readTree } from "../catalogue/read-tree.ts";
import type { YamlNode, YamlSequence } from "../yaml-tree.ts";
import { documentIdentities } from "./document-identities.ts";
import { itemNames } from "./item-names.ts";
import { type NamedPart, namedPart } from "./named-part.ts";
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
  const collected = new Map<string, FieldsByName>();
  const lineAt = lineIndex(text);
  const collect = (document: number, root: YamlNode, { node, path }: NamedPart): FieldsByName => {
    const key = JSON.stringify([document, path]);
    const known = collected.get(key);
    if (known !== undefined) return known;
    const source = { file, document, kind: documentKind(file, root), text, lineAt };
    const names = new StableNames(identities[document] ?? "", root);
    const found = new Map<string, BareField>();
    for (const field of collectFields(source, node, path)) found.set(names.of(field.path), field);
    collected.set(key, found);
    return found;
  };
  const fields = (scopeName: string): ReadonlyMap<string, BareField> => {
    // An identity has no slash.
    const [identity = "", ...steps] = scopeName.split("/");
    const document = identities.indexOf(identity);
    const root = parsed.documents[document];
    if (root === undefined) return none;
    const found = collect(document, root, namedPart(root, steps));
    return new Map([...found].filter(([name]) => name === scopeName || name.startsWith(`${scopeName}/`)));
  };
  return {
    fields,
    scopeName(scope) {
      const root = parsed.documents[scope.document];
      const identity = identities[scope.document];
      if (root === undefined || identity === undefined || at(root, ...scope.path) === undefined) return undefined;
      return new StableNames(identity, root).of(scope.path);
    },
    lines(scopeName) {
      const steps = scopeName.split("/").length - 1;
      if (steps === 0) return documentLines(text, parsed.documents[identities.indexOf(scopeName)]);
      const [inside] = fields(scopeName).values();
      return inside && partLines(text, parsed.documents[inside.document], inside.path.slice(0, steps));
    },
  };
}

type FieldsByName = ReadonlyMap<string, BareField>;

const none: FieldsByName = new Map();

/** Names paths of one document. Cheap where a path begins like the one before. */
class StableNames {
  readonly #nodes: (YamlNode | undefined)[];
  /** Of each of the nodes. */
  readonly #names: string[];
  #path: FieldPath = [];
  readonly #items = new Map<YamlSequence, readonly string[]>();

  constructor(identity: string, root: YamlNode) {
    this.#nodes = [root];
    this.#names = [identity];
  }

  of(path: FieldPath): string {
    let depth = 0;
    while (depth < path.length && depth < this.#path.length && path[depth] === this.#path[depth]) depth += 1;
    for (; depth < path.length; depth++) {
      const [step, node] = [path[depth] ?? "", this.#nodes[depth]];
      const own = typeof step === "string" ? encodeURIComponent(step) : this.#itemName(node, step);
      this.#names[depth + 1] = `${this.#names[depth]}/${own}`;
      this.#nodes[depth + 1] = at(node, step);
    }
    this.#path = path;
    return this.#names[path.length] ?? "";
  }

  #itemName(list: YamlNode | undefined, index: number): string {
    if (list?.kind !== "sequence") return `[${index}]`;
    const names = this.#items.get(list) ?? itemNames(list);
    this.#items.set(list, names);
    return names[index] ?? `[${index}]`;
  }
}

/** Where two lists of documents differ. Objects are paired by what they are, list items by their names, everything else by its place. */
import type { FieldPath } from "../../gitops/catalogue/catalogue.ts";
import { documentKind } from "../../gitops/catalogue/document-kind.ts";
import { itemsAt, textAt } from "../../gitops/catalogue/node-access.ts";
import { documentIdentities } from "../../gitops/history/document-identities.ts";
import { itemNames } from "../../gitops/history/item-names.ts";
import type { YamlMapping, YamlNode } from "../../gitops/yaml-tree.ts";

export interface Difference {
  /** undefined where nothing stands there. */
  readonly before: YamlNode | undefined;
  readonly after: YamlNode | undefined;
  /** In the text before; of an object that is added, in the text after. */
  readonly document: number;
  /** In the text before; of what is added, in the text after. */
  readonly path: FieldPath;
  /** The end of the path, from the object on that it stands in: a document, or an item of one that is a `List`. */
  readonly inObject: FieldPath;
  /** UTF-16 offset, of the key where there is one, in the text after; in the one before where it is gone. */
  readonly offset: number;
  /** The object, and its kind. */
  readonly root: YamlNode;
  readonly kind: string | undefined;
  readonly parent: YamlMapping | undefined;
}

export function compareDocuments(
  file: string,
  before: readonly YamlNode[],
  after: readonly YamlNode[],
): readonly Difference[] {
  const differences: Difference[] = [];
  compareParts(objectsIn(file, before), objectsIn(file, after), (before, after, { step, node: root, offset }) => {
    const place = { ...step, root, kind: documentKind(file, root) };
    if (before !== undefined && after !== undefined) {
      new Walk(place, differences).compare(before.node, after.node, [], undefined, after.offset);
    } else {
      const { document, start, kind } = place;
      const about = { document, path: start, inObject: [], offset, root, kind, parent: undefined };
      differences.push({ ...about, before: before?.node, after: after?.node });
    }
  });
  return differences;
}

interface Part<Step> {
  readonly name: string;
  readonly step: Step;
  readonly node: YamlNode;
  readonly offset: number;
}

/** Visits what is in both or only before, in that order, then what is only after. `known`: the one before, where there is one. */
function compareParts<Step>(
  before: readonly Part<Step>[],
  after: readonly Part<Step>[],
  visit: (before: Part<Step> | undefined, after: Part<Step> | undefined, known: Part<Step>) => void,
): void {
  const fresh = new Map(after.map((part) => [part.name, part]));
  const old = new Set(before.map(({ name }) => name));
  for (const part of before) visit(part, fresh.get(part.name), part);
  for (const part of after) if (!old.has(part.name)) visit(undefined, part, part);
}

/** Where an object begins. */
interface Start {
  readonly document: number;
  readonly start: FieldPath;
}

function objectsIn(file: string, documents: readonly YamlNode[]): readonly Part<Start>[] {
  const objects = documents.flatMap((root, document) => objectsBelow(root, { document, start: [] }));
  const names = documentIdentities(
    file,
    objects.map(({ node }) => node),
  );
  return objects.map((object, index) => ({ ...object, name: names[index] ?? "" }));
}

/** Kubernetes takes a list of objects for these objects. */
function objectsBelow(node: YamlNode, step: Start): readonly Omit<Part<Start>, "name">[] {
  const items = itemsAt(node, "items");
  const isList = items.length > 0 && items.every((item) => textAt(item, "kind") !== undefined);
  if (!isList || !textAt(node, "kind")?.endsWith("List")) return [{ node, step, offset: offsetOf(node) }];
  const { document, start } = step;
  return items.flatMap((item, index) => objectsBelow(item, { document, start: [...start, "items", index] }));
}

interface Place extends Start {
  readonly root: YamlNode;
  readonly kind: string | undefined;
}

class Walk {
  readonly #place: Place;
  readonly #found: Difference[];

  constructor(place: Place, found: Difference[]) {
    this.#place = place;
    this.#found = found;
  }

  /** `path`: in the object. */
  compare(before: YamlNode, after: YamlNode, path: FieldPath, parent: YamlMapping | undefined, offset: number): void {
    if (before.kind === "mapping" && after.kind === "mapping") {
      this.#below(entriesOf(before), entriesOf(after), path, before);
    } else if (before.kind === "sequence" && after.kind === "sequence") {
      const [old, fresh] = [named(itemNames(before), before.items), named(itemNames(after), after.items)];
      this.#below(old, fresh, path, undefined);
    } else if (said(before) !== said(after)) {
      this.#find({ before, after, inObject: path, parent, offset });
    }
  }

  #below<Step extends string | number>(
    before: readonly Part<Step>[],
    after: readonly Part<Step>[],
    path: FieldPath,
    parent: YamlMapping | undefined,
  ): void {
    compareParts(before, after, (old, fresh, { step, offset }) => {
      const inObject = [...path, step];
      if (old !== undefined && fresh !== undefined) {
        this.compare(old.node, fresh.node, inObject, parent, fresh.offset);
      } else {
        this.#find({ before: old?.node, after: fresh?.node, inObject, parent, offset });
      }
    });
  }

  #find(difference: Omit<Difference, "document" | "path" | "root" | "kind">): void {
    const { document, start, root, kind } = this.#place;
    this.#found.push({ ...difference, document, path: [...start, ...difference.inObject], root, kind });
  }
}

/** What a value says without its place. Quotes make a number a text, so plain and quoted aren't the same; nor are a tag and none. */
function said(node: YamlNode): string {
  if (node.kind === "alias") return `*${node.name}`;
  return node.kind === "scalar" ? [node.style === "plain", node.tagged, node.value].join(" ") : node.kind;
}

function entriesOf({ entries }: YamlMapping): readonly Part<string>[] {
  return entries.flatMap(({ key, keyStart, value }) =>
    key === undefined ? [] : [{ name: key, step: key, node: value, offset: keyStart }],
  );
}

function named(names: readonly string[], nodes: readonly YamlNode[]): readonly Part<number>[] {
  return nodes.map((node, step) => ({ name: names[step] ?? `[${step}]`, step, node, offset: offsetOf(node) }));
}

/** Of what isn't written there is none. */
function offsetOf(node: YamlNode): number {
  return Math.max(0, node.kind === "alias" ? node.end : node.start);
}

/** Where two lists of documents differ. Documents are paired by what they are, list items by their names, everything else by its place. */
import type { FieldPath } from "../../gitops/catalogue/catalogue.ts";
import { documentKind } from "../../gitops/catalogue/document-kind.ts";
import { documentIdentities } from "../../gitops/history/document-identities.ts";
import { itemNames } from "../../gitops/history/item-names.ts";
import type { YamlMapping, YamlNode, YamlScalar } from "../../gitops/yaml-tree.ts";

export interface Difference {
  /** undefined where nothing stands there. */
  readonly before: YamlNode | undefined;
  readonly after: YamlNode | undefined;
  /** In the text before; of an object that is added, in the text after. */
  readonly document: number;
  /** In the text before; of what is added, in the text after. */
  readonly path: FieldPath;
  /** UTF-16 offset, of the key where there is one, in the text after; in the one before where it is gone. */
  readonly offset: number;
  /** The document that it stands in, and that document's kind. */
  readonly root: YamlNode;
  readonly kind: string | undefined;
  readonly parent: YamlMapping | undefined;
}

export function compareDocuments(
  file: string,
  before: readonly YamlNode[],
  after: readonly YamlNode[],
): readonly Difference[] {
  const old = named(documentIdentities(file, before), before);
  const fresh = named(documentIdentities(file, after), after);
  const differences: Difference[] = [];
  compareParts(old, fresh, (before, after, { step, node: root, offset }) => {
    const place = { document: step, root, kind: documentKind(file, root) };
    if (before !== undefined && after !== undefined) {
      new Walk(place, differences).compare(before.node, after.node, [], undefined, after.offset);
    } else {
      differences.push({ ...place, before: before?.node, after: after?.node, path: [], offset, parent: undefined });
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

interface Place {
  readonly document: number;
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

  compare(before: YamlNode, after: YamlNode, path: FieldPath, parent: YamlMapping | undefined, offset: number): void {
    if (before.kind === "mapping" && after.kind === "mapping") {
      this.#below(entriesOf(before), entriesOf(after), path, before);
    } else if (before.kind === "sequence" && after.kind === "sequence") {
      const [old, fresh] = [named(itemNames(before), before.items), named(itemNames(after), after.items)];
      this.#below(old, fresh, path, undefined);
    } else if (!same(before, after)) {
      this.#found.push({ ...this.#place, before, after, path, offset, parent });
    }
  }

  #below<Step extends string | number>(
    before: readonly Part<Step>[],
    after: readonly Part<Step>[],
    path: FieldPath,
    parent: YamlMapping | undefined,
  ): void {
    compareParts(before, after, (old, fresh, { step, offset }) => {
      const here = [...path, step];
      if (old !== undefined && fresh !== undefined) {
        this.compare(old.node, fresh.node, here, parent, fresh.offset);
      } else {
        const [before, after] = [old?.node, fresh?.node];
        this.#found.push({ ...this.#place, before, after, path: here, offset, parent });
      }
    });
  }
}

/** Quotes make a number a text, so plain and quoted aren't the same; nor are a tag and none. */
function same(before: YamlNode, after: YamlNode): boolean {
  if (before.kind === "scalar" && after.kind === "scalar") {
    return before.value === after.value && sort(before) === sort(after) && before.tagged === after.tagged;
  }
  return before.kind === "alias" && after.kind === "alias" && before.name === after.name;
}

function sort({ start, style }: YamlScalar): string {
  if (start < 0) return "nothing";
  return style === "plain" ? "plain" : "text";
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

/** Where two YAML trees say different things, leaf by leaf. Pure. */
import type { FieldPath } from "../catalogue/catalogue.ts";
import { textAt } from "../catalogue/node-access.ts";
import type { YamlNode } from "../yaml-tree.ts";

export interface LeafDifference {
  /** Items of lists by their `name` after, where each has one of its own: `[name=app]`; else by their index before. */
  readonly path: FieldPath;
  /** undefined: it comes. `{}` and `[]` for what is empty. */
  readonly from: string | undefined;
  /** undefined: it goes. */
  readonly to: string | undefined;
}

/** `renamed`: what items of lists are called after, by what they were called before. */
export function treeDifferences(
  before: YamlNode | undefined,
  after: YamlNode | undefined,
  renamed: ReadonlyMap<string, string> = new Map(),
): readonly LeafDifference[] {
  const found: LeafDifference[] = [];
  compare(before, after, [], { renamed, found });
  return found;
}

type Side = YamlNode | undefined;

interface Comparison {
  readonly renamed: ReadonlyMap<string, string>;
  readonly found: LeafDifference[];
}

function compare(before: Side, after: Side, path: FieldPath, into: Comparison): void {
  if (before === after) return;
  if (before?.kind === "mapping" && after?.kind === "mapping") {
    const [old, fresh] = [valuesByKey(before), valuesByKey(after)];
    for (const [key, value] of old) compare(value, fresh.get(key), [...path, key], into);
    for (const [key, value] of fresh) if (!old.has(key)) compare(undefined, value, [...path, key], into);
  } else if (before?.kind === "sequence" && after?.kind === "sequence") {
    for (const [step, old, fresh] of pairs(before.items, after.items, into.renamed))
      compare(old, fresh, [...path, step], into);
  } else if (isCollection(before) || isCollection(after)) {
    for (const leaf of leaves(before, path)) into.found.push({ path: leaf.path, from: leaf.text, to: undefined });
    for (const leaf of leaves(after, path)) into.found.push({ path: leaf.path, from: undefined, to: leaf.text });
  } else if (!isSameScalar(before, after)) into.found.push({ path, from: textOf(before), to: textOf(after) });
}

function isCollection(node: Side): boolean {
  return node?.kind === "mapping" || node?.kind === "sequence";
}

/** Of a repeated key the last value counts, as for the readers of Kubernetes. */
function valuesByKey(node: Extract<YamlNode, { kind: "mapping" }>): ReadonlyMap<string, YamlNode> {
  return new Map(node.entries.map(({ key, value }) => [key ?? "?", value]));
}

type Pair = readonly [step: string | number, before: Side, after: Side];

/** By name where all have one of their own, by place where there are as many, and else whatever is the same at both ends is left out. */
function pairs(
  before: readonly YamlNode[],
  after: readonly YamlNode[],
  renamed: Comparison["renamed"],
): readonly Pair[] {
  const [old, fresh] = [byName(before, renamed), byName(after)];
  if (old !== undefined && fresh !== undefined) {
    const names = new Set([...old.keys(), ...fresh.keys()]);
    return [...names].map((name) => [`[name=${name}]`, old.get(name), fresh.get(name)]);
  }
  const [start, end] = before.length === after.length ? [0, 0] : sameEnds(before, after);
  const length = Math.max(before.length, after.length) - start - end;
  return Array.from({ length }, (_, index) => {
    const place = start + index;
    return [
      place,
      place < before.length - end ? before[place] : undefined,
      place < after.length - end ? after[place] : undefined,
    ];
  });
}

/** undefined where an item has no name, or two have the same. An empty list has all names that it needs. */
function byName(
  items: readonly YamlNode[],
  renamed: Comparison["renamed"] = new Map(),
): ReadonlyMap<string, YamlNode> | undefined {
  const named = new Map<string, YamlNode>();
  for (const item of items) {
    const own = textAt(item, "name");
    const name = own === undefined ? undefined : (renamed.get(own) ?? own);
    if (name === undefined || named.has(name)) return undefined;
    named.set(name, item);
  }
  return named;
}

function sameEnds(before: readonly YamlNode[], after: readonly YamlNode[]): readonly [start: number, end: number] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isSame(before[start], after[start])) start++;
  let end = 0;
  while (end < shorter - start && isSame(before.at(-1 - end), after.at(-1 - end))) end++;
  return [start, end];
}

function isSame(before: Side, after: Side): boolean {
  return treeDifferences(before, after).length === 0;
}

function* leaves(node: Side, path: FieldPath): Generator<{ readonly path: FieldPath; readonly text: string }> {
  if (node === undefined) return;
  if (node.kind === "mapping" && node.entries.length > 0) {
    for (const [key, value] of valuesByKey(node)) yield* leaves(value, [...path, key]);
  } else if (node.kind === "sequence" && node.items.length > 0) {
    const named = byName(node.items);
    for (const [index, item] of node.items.entries())
      yield* leaves(item, [...path, named === undefined ? index : `[name=${textAt(item, "name")}]`]);
  } else yield { path, text: textOf(node) ?? "" };
}

function textOf(node: Side): string | undefined {
  if (node === undefined) return undefined;
  if (node.kind === "alias") return `*${node.name}`;
  if (node.kind === "scalar") return node.value;
  return node.kind === "mapping" ? "{}" : "[]";
}

/** A number and the same digits in quotes aren't the same. */
function isSameScalar(before: Side, after: Side): boolean {
  return textOf(before) === textOf(after) && isTyped(before) === isTyped(after);
}

function isTyped(node: Side): boolean {
  return (
    node?.kind === "scalar" &&
    node.style === "plain" &&
    /^(?:|~|null|true|false|[-+]?\.?\d[\d.]*(?:e[-+]?\d+)?)$/i.test(node.value)
  );
}

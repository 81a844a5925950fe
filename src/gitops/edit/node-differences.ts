/** Where two trees of the second parser differ: values, types, tags, anchors, and the order and number of entries. */
import { isAlias, isMap, isPair, isScalar, isSeq, type Pair } from "yaml";

export interface Difference {
  readonly path: readonly (string | number)[];
  readonly before: unknown;
  readonly after: unknown;
}

/** Nothing when they say the same. What differs in the number of its entries is one difference, as a whole. */
export function nodeDifferences(before: unknown, after: unknown, path: Difference["path"]): readonly Difference[] {
  const differences: Difference[] = [];
  compare(before, after, path, differences);
  return differences;
}

/** A plain number's or boolean's value as it is written. */
export function writtenText(scalar: {
  readonly value: unknown;
  readonly source?: string | undefined;
}): string | undefined {
  return typeof scalar.value === "string" ? scalar.value : scalar.source;
}

function compare(before: unknown, after: unknown, path: readonly (string | number)[], into: Difference[]): void {
  if (isScalar(before) && isScalar(after)) {
    const same = Object.is(before.value, after.value) && before.source === after.source;
    if (!same || before.tag !== after.tag || before.anchor !== after.anchor) into.push({ path, before, after });
  } else if (
    isMap(before) &&
    isMap(after) &&
    before.items.length === after.items.length &&
    before.anchor === after.anchor
  ) {
    for (const [index, pair] of before.items.entries()) comparePair(pair, after.items[index], path, into);
  } else if (
    isSeq(before) &&
    isSeq(after) &&
    before.items.length === after.items.length &&
    before.anchor === after.anchor
  ) {
    for (const [index, item] of before.items.entries()) compare(item, after.items[index], [...path, index], into);
  } else if (isAlias(before) && isAlias(after) && before.source === after.source) return;
  else if (!(isNothing(before) && isNothing(after))) into.push({ path, before, after });
}

function comparePair(before: Pair, after: unknown, path: readonly (string | number)[], into: Difference[]): void {
  if (!isPair(after)) into.push({ path, before, after });
  else {
    // A key that changes shows at a path that no edit can name.
    compare(before.key, after.key, [...path, -1], into);
    const key = isScalar(before.key) ? writtenText(before.key) : undefined;
    compare(before.value, after.value, [...path, key ?? -1], into);
  }
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}

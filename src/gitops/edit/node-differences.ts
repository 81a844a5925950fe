/** Where two trees of the second parser differ: values, types, tags, anchors, and the order and number of entries. */
import { isAlias, isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from "yaml";

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

function compare(before: unknown, after: unknown, path: readonly (string | number)[], into: Difference[]): void {
  if (isMap(before) && isMap(after) && isAlike(before, after)) {
    for (const [index, pair] of before.items.entries()) comparePair(pair, after.items[index], path, into);
  } else if (isSeq(before) && isSeq(after) && isAlike(before, after)) {
    for (const [index, item] of before.items.entries()) compare(item, after.items[index], [...path, index], into);
  } else if (!isSame(before, after)) into.push({ path, before, after });
}

function isAlike(before: YAMLMap | YAMLSeq, after: YAMLMap | YAMLSeq): boolean {
  return before.items.length === after.items.length && hasSameLabels(before, after);
}

function hasSameLabels(before: Labelled, after: Labelled): boolean {
  return before.tag === after.tag && before.anchor === after.anchor;
}

type Labelled = Pick<Scalar, "tag" | "anchor">;

/** A key that changes shows at a path that no edit can name. */
function comparePair(before: Pair, after: Pair | undefined, path: readonly (string | number)[], into: Difference[]) {
  compare(before.key, after?.key, [...path, -1], into);
  const key = isScalar(before.key) ? before.key.source : undefined;
  compare(before.value, after?.value, [...path, key ?? -1], into);
}

function isSame(before: unknown, after: unknown): boolean {
  if (isScalar(before) && isScalar(after))
    return Object.is(before.value, after.value) && before.source === after.source && hasSameLabels(before, after);
  if (isAlias(before) && isAlias(after)) return before.source === after.source;
  return before === null && after === null;
}

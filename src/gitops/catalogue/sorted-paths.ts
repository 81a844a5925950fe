/** Questions to a sorted list of paths. */

/** Those that begin so. */
export function pathsBeginning(sorted: readonly string[], start: string): readonly string[] {
  const from = firstNotBelow(sorted, start);
  let to = from;
  while (sorted[to]?.startsWith(start)) to++;
  return sorted.slice(from, to);
}

/** The index of the first that doesn't come before it. */
export function firstNotBelow(sorted: readonly string[], path: string): number {
  return firstNotBelowBy(sorted, path, (each) => each);
}

/** `firstNotBelow` for items that are in the order of their paths. */
export function firstNotBelowBy<T>(sorted: readonly T[], path: string, pathOf: (item: T) => string, from = 0): number {
  let [low, high] = [from, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = sorted[middle];
    if (item !== undefined && pathOf(item) < path) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Two lists of items that are in the order of their paths, as one. Of the same path those of the first list come first. */
export function mergedByPath<T>(a: readonly T[], b: readonly T[], pathOf: (item: T) => string): readonly T[] {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  const merged: T[] = [];
  let at = 0;
  for (const item of b) {
    const path = pathOf(item);
    for (let next = a[at]; next !== undefined && pathOf(next) <= path; next = a[++at]) merged.push(next);
    merged.push(item);
  }
  return merged.concat(a.slice(at));
}

/**
 * A list of items that are in the order of their paths, with others, as they are, for those of `paths`, which are sorted. Few among
 * many cost little more than the copy.
 */
export function replacedByPath<T>(
  items: readonly T[],
  paths: readonly string[],
  others: readonly T[],
  pathOf: (item: T) => string,
): readonly T[] {
  const parts: (readonly T[])[] = [];
  let [from, other] = [0, 0];
  for (const path of paths) {
    const to = firstNotBelowBy(items, path, pathOf, from);
    parts.push(items.slice(from, to));
    for (from = to; isOf(items[from], path, pathOf); ) from++;
    const start = other;
    while (isOf(others[other], path, pathOf)) other++;
    if (other > start) parts.push(others.slice(start, other));
  }
  parts.push(items.slice(from));
  const [first = [], ...rest] = parts;
  return first.concat(...rest);
}

function isOf<T>(item: T | undefined, path: string, pathOf: (item: T) => string): boolean {
  return item !== undefined && pathOf(item) === path;
}

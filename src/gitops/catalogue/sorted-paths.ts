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
export function firstNotBelowBy<T>(sorted: readonly T[], path: string, pathOf: (item: T) => string): number {
  let [low, high] = [0, sorted.length];
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
  for (; at < a.length; at++) {
    const rest = a[at];
    if (rest !== undefined) merged.push(rest);
  }
  return merged;
}

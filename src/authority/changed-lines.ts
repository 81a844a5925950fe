/** How many lines a person has to look at: lines removed or added, whichever is more. Never too few. */
export function changedLines(before: string, after: string): number {
  const a = before.split("\n");
  const b = after.split("\n");
  if (a.length === b.length) return a.filter((line, index) => line !== b[index]).length;
  const { start, end } = commonEnds(a, b);
  return Math.max(a.length, b.length) - start - end;
}

/** How many lines both begin with, and how many of the others both end with. */
export function commonEnds(
  a: readonly string[],
  b: readonly string[],
): { readonly start: number; readonly end: number } {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return { start, end };
}

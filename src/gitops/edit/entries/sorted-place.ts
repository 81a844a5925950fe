/** After how many of the keys a new one goes: after all of them, or in its place where they are sorted. */

/** Fewer keys are sorted by chance. */
const minSorted = 4;

export function sortedPlace(keys: readonly (string | undefined)[], key: string): number {
  const sorted =
    keys.length >= minSorted && keys.every((each, index) => index === 0 || (keys[index - 1] ?? "") < (each ?? ""));
  if (!sorted) return keys.length;
  const next = keys.findIndex((each) => each !== undefined && each > key);
  return next < 0 ? keys.length : next;
}

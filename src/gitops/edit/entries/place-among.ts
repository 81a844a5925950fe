/**
 * Before which of its siblings people would put a new entry: where sorted keys want it, below those that are named alike, the
 * switches at the top and other single values above the collections, or at the end.
 */

export interface Sibling {
  readonly key: string | undefined;
  /** A single value. */
  readonly single: boolean;
}

/** Fewer keys are sorted by chance. */
const minSorted = 5;
/** Names that have as many words in common at their beginning belong together. */
const minWords = 2;
/** What says whether and how often something runs, and as what: people look for it first. */
const switches = /^(?:enabled?|disabled?|suspend(?:ed)?|paused?|replicas|replicaCount|image|tag)$/;

/** `topFree`: nothing stands in the way of an entry before all others. */
export function placeAmong(
  siblings: readonly Sibling[],
  added: Sibling & { readonly key: string },
  topFree: boolean,
): number {
  const keys = siblings.map(({ key }) => key?.toLowerCase() ?? "");
  const sorted = keys.length >= minSorted && keys.every((key, index) => index === 0 || (keys[index - 1] ?? "") < key);
  const next = sorted ? keys.findIndex((key) => key > added.key.toLowerCase()) : -1;
  if (sorted) return next > 0 || (next === 0 && topFree) ? next : siblings.length;
  const alike = siblings.findLastIndex(({ key }) => wordsInCommon(key ?? "", added.key) >= minWords);
  if (alike >= 0) return alike + 1;
  const collection = siblings.findIndex(({ single }) => !single);
  if (!added.single || collection < 0) return siblings.length;
  if (switches.test(added.key)) return topFree ? 0 : 1;
  return collection === 0 && !topFree ? siblings.length : collection;
}

function wordsInCommon(one: string, other: string): number {
  const [words, others] = [wordsOf(one), wordsOf(other)];
  const end = words.findIndex((word, index) => word !== others[index]);
  return end < 0 ? words.length : end;
}

function wordsOf(key: string): readonly string[] {
  return key.split(/[-_./]|(?<=[a-z])(?=[A-Z])/);
}

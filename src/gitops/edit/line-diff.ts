/** What differs between two texts, line by line. Lines keep their endings, so that the texts can be put together again to the byte. */

/** Lines `[beforeStart, beforeEnd)` became lines `[afterStart, afterEnd)`; from 0. One of the sides may be empty. */
export interface LineHunk {
  readonly beforeStart: number;
  readonly beforeEnd: number;
  readonly afterStart: number;
  readonly afterEnd: number;
}

/** Beyond this many pairs of lines the changed part is one hunk. */
const pairLimit = 4_000_000;

/** Each line with its ending; joined they are the text again. */
export function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** In order, without overlaps, with at least one unchanged line between two hunks. */
export function lineDiff(before: readonly string[], after: readonly string[]): readonly LineHunk[] {
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const [old, fresh] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  if (old.length === 0 && fresh.length === 0) return [];
  if (old.length * fresh.length > pairLimit || old.length === 0 || fresh.length === 0)
    return [hunk(start, start + old.length, start, start + fresh.length)];
  return middle(old, fresh).map((part) =>
    hunk(part.beforeStart + start, part.beforeEnd + start, part.afterStart + start, part.afterEnd + start),
  );
}

/** Walks the table of the longest common subsequences from each pair of positions on. */
function middle(before: readonly string[], after: readonly string[]): readonly LineHunk[] {
  const lengths = commonLengths(before, after);
  const width = after.length + 1;
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  const hunks: LineHunk[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [fromI, fromJ] = [i, j];
    while ((i < before.length || j < after.length) && !(i < before.length && before[i] === after[j])) {
      if (j >= after.length || (i < before.length && at(i + 1, j) >= at(i, j + 1))) i++;
      else j++;
    }
    if (i > fromI || j > fromJ) hunks.push(hunk(fromI, i, fromJ, j));
    while (i < before.length && j < after.length && before[i] === after[j]) {
      i++;
      j++;
    }
  }
  return hunks;
}

function commonLengths(before: readonly string[], after: readonly string[]): Uint32Array {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        before[i] === after[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  return lengths;
}

function hunk(beforeStart: number, beforeEnd: number, afterStart: number, afterEnd: number): LineHunk {
  return { beforeStart, beforeEnd, afterStart, afterEnd };
}

/** What differs between two texts, line by line. Lines keep their endings, so that the texts can be put together again to the byte. */
import { shortestEdit } from "./shortest-edit.ts";

/** Lines `[beforeStart, beforeEnd)` became lines `[afterStart, afterEnd)`; from 0. One of the sides may be empty. */
export interface LineHunk {
  readonly beforeStart: number;
  readonly beforeEnd: number;
  readonly afterStart: number;
  readonly afterEnd: number;
}

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
  if (old.length === 0 || fresh.length === 0) return [hunk(start, start + old.length, start, start + fresh.length)];
  return middle(old, fresh).map((part) =>
    hunk(part.beforeStart + start, part.beforeEnd + start, part.afterStart + start, part.afterEnd + start),
  );
}

/** Of the ways that leave most lines as they are: what is equal is kept as soon as it can be, and deleted before something is inserted. */
function middle(before: readonly string[], after: readonly string[]): readonly LineHunk[] {
  const edit = shortestEdit(before, after);
  if (edit === undefined) return [hunk(0, before.length, 0, after.length)];
  const hunks: LineHunk[] = [];
  let [i, j, left] = [0, 0, edit.size];
  while (i < before.length || j < after.length) {
    const [fromI, fromJ] = [i, j];
    while ((i < before.length || j < after.length) && !(i < before.length && before[i] === after[j])) {
      left -= 1;
      if (i < before.length && edit.reaches(left, i + 1, j)) i++;
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

function hunk(beforeStart: number, beforeEnd: number, afterStart: number, afterEnd: number): LineHunk {
  return { beforeStart, beforeEnd, afterStart, afterEnd };
}

/** One commit's text changes, as far as they are a target's own. What it did to others in the same files is left out. */
import type { CatalogueTarget, Scope } from "../catalogue/catalogue.ts";
import { type LineHunk, lineDiff, splitLines } from "../edit/line-diff.ts";
import type { TextChange } from "../edit/revert-text.ts";
import type { Commit } from "../mirror/mirror.ts";
import type { CommitTexts } from "./commit-texts.ts";
import { stableFields } from "./stable-fields.ts";

export interface CommitShare {
  readonly commit: Commit;
  /** By path: the text before (with only the target's share taken back) and after. Only files in which they differ. */
  readonly files: ReadonlyMap<string, TextChange>;
  /** Did the commit change anything else in these files? */
  readonly mixed: boolean;
}

export interface OwnedParts {
  readonly entry: CatalogueTarget;
  /** Files that are the target's as a whole. */
  readonly whole: ReadonlySet<string>;
  /** Today's texts. */
  readonly files: ReadonlyMap<string, string>;
  /** Does a line of a file that isn't the target's draw it in? No such lines without it. */
  readonly draws?: (path: string, line: string) => boolean;
}

/** Pure. In the order of `commits`. */
export function commitShares(owned: OwnedParts, commits: readonly CommitTexts[]): readonly CommitShare[] {
  const names = new Map<string, readonly string[]>();
  return commits.map(({ commit, texts }) => {
    const files = new Map<string, TextChange>();
    let mixed = false;
    for (const [path, change] of texts) {
      if (change.before === change.after) continue;
      if (owned.whole.has(path)) {
        files.set(path, change);
        continue;
      }
      if (!names.has(path)) names.set(path, scopeNames(owned, path));
      const known = names.get(path) ?? [];
      const { draws } = owned;
      const share =
        known.length > 0 || draws === undefined
          ? partOf(path, change, known)
          : drawingPart(change, (line) => draws(path, line));
      if (share.change !== undefined) files.set(path, share.change);
      mixed ||= share.mixed;
    }
    return { commit, files, mixed };
  });
}

function scopeNames({ entry, files }: OwnedParts, path: string): readonly string[] {
  const text = files.get(path);
  const read = text === undefined ? undefined : stableFields(path, text);
  const scopes: readonly Pick<Scope, "document" | "path" | "file">[] = entry.scopes ?? entry.fields;
  const names = scopes.filter(({ file }) => file === path).map((scope) => read?.scopeName(scope));
  return [...new Set(names.filter((name) => name !== undefined))];
}

interface Texts {
  readonly before: string;
  readonly after: string;
}

interface Part {
  readonly change: TextChange | undefined;
  readonly mixed: boolean;
}

function partOf(path: string, { before, after }: TextChange, names: readonly string[]): Part {
  if (before === undefined || after === undefined) return { change: undefined, mixed: true };
  const [old, fresh] = [splitLines(before), splitLines(after)];
  const [oldLines, freshLines] = [linesOf(path, before, names), linesOf(path, after, names)];
  const hunks = lineDiff(old, fresh).flatMap(single);
  const own = hunks.filter(
    (hunk) =>
      within(oldLines, hunk.beforeStart, hunk.beforeEnd) &&
      within(freshLines, hunk.afterStart, hunk.afterEnd) &&
      (hunk.beforeEnd > hunk.beforeStart || hunk.afterEnd > hunk.afterStart),
  );
  return takeBack({ before, after }, own, own.length < hunks.length);
}

/** The lines that draw the target in, each by itself. */
function drawingPart({ before, after }: TextChange, draws: (line: string) => boolean): Part {
  if (before === undefined || after === undefined) return { change: undefined, mixed: true };
  const [old, fresh] = [splitLines(before), splitLines(after)];
  const hunks = lineDiff(old, fresh).flatMap(single).flatMap(eachLine);
  const own = hunks.filter(({ beforeStart, beforeEnd, afterStart, afterEnd }) =>
    [...old.slice(beforeStart, beforeEnd), ...fresh.slice(afterStart, afterEnd)].every(draws),
  );
  return takeBack({ before, after }, own, own.length < hunks.length);
}

/** The text as it was before, as far as these hunks of it go. */
function takeBack({ before, after }: Texts, own: readonly LineHunk[], mixed: boolean): Part {
  if (own.length === 0) return { change: undefined, mixed };
  if (!mixed) return { change: { before, after }, mixed };
  const [old, fresh] = [splitLines(before), splitLines(after)];
  const result: string[] = [];
  let from = 0;
  for (const hunk of own) {
    result.push(...fresh.slice(from, hunk.afterStart), ...old.slice(hunk.beforeStart, hunk.beforeEnd));
    from = hunk.afterEnd;
  }
  return { change: { before: [...result, ...fresh.slice(from)].join(""), after }, mixed };
}

/** Lines that only came, or only went. */
function eachLine(hunk: LineHunk): readonly LineHunk[] {
  const { beforeStart, beforeEnd, afterStart, afterEnd } = hunk;
  if (beforeStart < beforeEnd && afterStart < afterEnd) return [hunk];
  const gone = range(beforeStart, beforeEnd).map((at) => ({ ...hunk, beforeStart: at, beforeEnd: at + 1 }));
  return [...gone, ...range(afterStart, afterEnd).map((at) => ({ ...hunk, afterStart: at, afterEnd: at + 1 }))];
}

function range(start: number, end: number): readonly number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}

/** Lines that were replaced one by one can be told apart. */
function single(hunk: LineHunk): readonly LineHunk[] {
  const count = hunk.beforeEnd - hunk.beforeStart;
  if (count < 2 || count !== hunk.afterEnd - hunk.afterStart) return [hunk];
  return Array.from({ length: count }, (_, index) => ({
    beforeStart: hunk.beforeStart + index,
    beforeEnd: hunk.beforeStart + index + 1,
    afterStart: hunk.afterStart + index,
    afterEnd: hunk.afterStart + index + 1,
  }));
}

/** First and last line (from 0, both included) of each part. */
type Ranges = readonly (readonly [first: number, last: number])[];

function linesOf(path: string, text: string, names: readonly string[]): Ranges {
  const read = stableFields(path, text);
  return names.flatMap((name) => {
    const lines = read?.lines(name);
    return lines === undefined ? [] : [lines];
  });
}

/** Nothing is within everything that touches it: lines that were added have no place of their own before. */
function within(ranges: Ranges, start: number, end: number): boolean {
  if (start === end) return true;
  return ranges.some(([first, last]) => start >= first && end - 1 <= last);
}

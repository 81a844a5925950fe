/** Is a change the inverse of an earlier one? Compared by whole files first, then by lines where the files went on changing. */
import type { Hunk, MinedCommit, MinedFile } from "../gitops/mirror/mined-commit.ts";

export interface Change {
  readonly commit: MinedCommit;
  readonly hunks: readonly Hunk[];
}

/** The places at which two blobs differ, by their ids; undefined where that isn't known. */
export type Between = (before: string, after: string) => Promise<readonly Hunk[] | undefined>;

export type Extent = "whole" | "share";

/** undefined: it isn't. `share`: all that `undoing` does takes back something of `earlier`, which did more. */
export async function inverse(undoing: Change, earlier: Change, between: Between): Promise<Extent | undefined> {
  let extent: Extent = undoing.commit.files.length === earlier.commit.files.length ? "whole" : "share";
  for (const [index, file] of undoing.commit.files.entries()) {
    const at = earlier.commit.files.findIndex(({ path }) => path === file.path);
    const other = earlier.commit.files[at];
    if (other === undefined || file.modeBefore !== other.modeAfter || file.modeAfter !== other.modeBefore)
      return undefined;
    if (file.objectBefore === other.objectAfter && file.objectAfter === other.objectBefore) continue;
    const part = await linesInverse(ofFile(undoing, index), ofFile(earlier, at), file, other, between);
    if (part === undefined) return undefined;
    if (part === "share") extent = "share";
  }
  return extent;
}

function ofFile({ hunks }: Change, index: number): readonly Hunk[] {
  return hunks.filter(({ file }) => file === index);
}

async function linesInverse(
  undone: readonly Hunk[],
  earlier: readonly Hunk[],
  file: MinedFile,
  other: MinedFile,
  between: Between,
): Promise<Extent | undefined> {
  // A file that appeared or went is undone as a whole, or not at all.
  if (undone.length === 0 || file.status !== "modified" || other.status !== "modified") return undefined;
  const pairs = pairUp(undone, earlier);
  if (pairs === undefined) return undefined;
  const since = await between(other.objectAfter, file.objectBefore);
  if (since === undefined) return undefined;
  const stayed = pairs.every(([late, early]) => moved(early, since) === placeOf(late));
  if (!stayed) return undefined;
  return pairs.length === earlier.length ? "whole" : "share";
}

/** Each hunk of the undoing with the one that it takes back, in file order. */
function pairUp(undone: readonly Hunk[], earlier: readonly Hunk[]): (readonly [Hunk, Hunk])[] | undefined {
  const pairs: (readonly [Hunk, Hunk])[] = [];
  let from = 0;
  for (const late of undone) {
    const at = earlier.findIndex((early, index) => index >= from && mirrors(late, early));
    const early = earlier[at];
    if (early === undefined) return undefined;
    pairs.push([late, early]);
    from = at + 1;
  }
  return pairs;
}

function mirrors(late: Hunk, early: Hunk): boolean {
  return same(late.removed, early.added) && same(late.added, early.removed);
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, index) => line === b[index]);
}

/** The first line that a hunk is about; for a mere insertion the line before which it stands. */
function placeOf({ removed, oldStart }: Hunk): number {
  return removed.length === 0 ? oldStart + 1 : oldStart;
}

/** Where the lines that `early` left stand after the changes `since`; undefined where one of those touched them. */
function moved(early: Hunk, since: readonly Hunk[]): number | undefined {
  const first = early.added.length === 0 ? early.newStart + 1 : early.newStart;
  const end = first + early.added.length;
  let shift = 0;
  for (const { oldStart, removed, added } of since) {
    const start = removed.length === 0 ? oldStart + 1 : oldStart;
    if (start + removed.length <= first) shift += added.length - removed.length;
    else if (start < end) return undefined;
  }
  return first + shift;
}

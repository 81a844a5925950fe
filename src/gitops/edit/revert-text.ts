/** Takes one change of a text back where later changes may have come: a three-way merge by lines that refuses any overlap. Pure. */
import { type LineHunk, lineDiff, splitLines } from "./line-diff.ts";
import { type Refusal, refusal } from "./refusal.ts";

/** A file's text; undefined where there is no file. */
export type FileText = string | undefined;

export interface TextChange {
  /** Before the change that is to be taken back. */
  readonly before: FileText;
  /** After it. */
  readonly after: FileText;
}

export type Reverted = { readonly outcome: "reverted"; readonly text: FileText } | Refusal;

/** What stood in the places of the change before comes back to the byte; every other byte of `current` stays. */
export function revertText({ before, after }: TextChange, current: FileText): Reverted {
  if (current === after) return { outcome: "reverted", text: before };
  if (current === before) return { outcome: "reverted", text: current };
  if (before === undefined || after === undefined || current === undefined)
    return refusal("value-drifted", "a file was added, removed or changed since");
  const [old, changed, now] = [splitLines(before), splitLines(after), splitLines(current)];
  const back = lineDiff(changed, old);
  const later = lineDiff(changed, now);
  if (back.some((hunk) => later.some((other) => meets(hunk, other))))
    return refusal("value-drifted", "the same lines were changed again since");
  return { outcome: "reverted", text: merge(changed, old, now, [...back], [...later]) };
}

/** Adjacent changes count: without an unchanged line between them nothing tells their order. */
function meets(a: LineHunk, b: LineHunk): boolean {
  return a.beforeStart <= b.beforeEnd && b.beforeStart <= a.beforeEnd;
}

function merge(
  base: readonly string[],
  old: readonly string[],
  now: readonly string[],
  back: readonly LineHunk[],
  later: readonly LineHunk[],
): string {
  const parts = [
    ...back.map((hunk) => ({ hunk, lines: old.slice(hunk.afterStart, hunk.afterEnd) })),
    ...later.map((hunk) => ({ hunk, lines: now.slice(hunk.afterStart, hunk.afterEnd) })),
  ].toSorted((a, b) => a.hunk.beforeStart - b.hunk.beforeStart);
  const result: string[] = [];
  let from = 0;
  for (const { hunk, lines } of parts) {
    result.push(...base.slice(from, hunk.beforeStart), ...lines);
    from = hunk.beforeEnd;
  }
  result.push(...base.slice(from));
  return result.join("");
}

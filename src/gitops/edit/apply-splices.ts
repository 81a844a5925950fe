import type { Splice } from "./edit.ts";

/** `splices`: in order, without overlaps. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  let result = "";
  let from = 0;
  for (const { start, end, replacement } of splices) {
    result += text.slice(from, start) + replacement;
    from = end;
  }
  return result + text.slice(from);
}

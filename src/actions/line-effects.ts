import { lineDiff, splitLines } from "../gitops/edit/line-diff.ts";
import type { FileChange, LineEffect } from "./candidate.ts";

/** What goes and what comes, line by line. */
export function lineEffects(files: readonly FileChange[]): readonly LineEffect[] {
  return files.flatMap(({ path, before, after }) => {
    const [old, fresh] = [splitLines(before ?? ""), splitLines(after ?? "")];
    return lineDiff(old, fresh).map((hunk) => ({
      file: path,
      line: hunk.beforeStart + 1,
      removed: old.slice(hunk.beforeStart, hunk.beforeEnd).map(bare),
      added: fresh.slice(hunk.afterStart, hunk.afterEnd).map(bare),
    }));
  });
}

function bare(line: string): string {
  return line.replace(/\r?\n$/, "");
}

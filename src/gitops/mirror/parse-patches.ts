/**
 * Reads the patches of `git log --unified=0` with `patchMark` before each commit. Every line of a file's content begins with
 * a plus or a minus there, and names are quoted, so no content can look like a mark.
 */
import type { MinedPatch } from "./mined-commit.ts";

/** As a `--format`. */
export const patchMark = "tformat:commit %H";

interface Growing {
  readonly hunks: { file: number; oldStart: number; newStart: number; removed: string[]; added: string[] }[];
  binary: boolean;
  file: number;
}

/** `output` is Latin-1. By commit id. */
export function parsePatches(output: string): Map<string, MinedPatch> {
  const patches = new Map<string, Growing>();
  let current: Growing = { hunks: [], binary: false, file: -1 };
  for (const line of output.split("\n")) {
    const mark = /^commit ([0-9a-f]{40,64})$/.exec(line)?.[1];
    if (mark !== undefined) {
      current = { hunks: [], binary: false, file: -1 };
      patches.set(mark, current);
    } else readLine(current, line);
  }
  return new Map([...patches].map(([id, { hunks, binary }]) => [id, { hunks, binary }]));
}

function readLine(patch: Growing, line: string): void {
  const hunk = patch.hunks.at(-1);
  if (line.startsWith("diff --git ")) patch.file++;
  else if (line.startsWith("@@ ")) patch.hunks.push(startOf(line, patch.file));
  else if (line.startsWith("Binary files ")) patch.binary = true;
  else if (hunk === undefined || hunk.file !== patch.file) return;
  else if (line.startsWith("-")) hunk.removed.push(line.slice(1));
  else if (line.startsWith("+")) hunk.added.push(line.slice(1));
  else if (line.startsWith("\\")) endWithoutNewline(hunk);
}

function startOf(line: string, file: number): Growing["hunks"][number] {
  const [, oldStart, newStart] = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(line) ?? [];
  return { file, oldStart: Number(oldStart), newStart: Number(newStart), removed: [], added: [] };
}

/** The note belongs to the line before it. No real line holds a line feed. */
function endWithoutNewline({ removed, added }: { removed: string[]; added: string[] }): void {
  const side = added.length > 0 ? added : removed;
  side.push(`${side.pop() ?? ""}\n`);
}

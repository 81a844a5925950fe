/** Whether what a merge made of a file is what was decided: GitHub pins the head of what it merges, and not what it merges into. */
import type { Candidate } from "../actions/candidate.ts";
import type { Reason } from "../reason.ts";
import { commonEnds } from "./changed-lines.ts";
import type { GatedFile } from "./gate.ts";

/** A candidate's file, at the merge commit and its first parent. */
export interface MergedText {
  readonly path: string;
  /** undefined: it isn't there, or isn't UTF-8. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * `changed`: what differs between the merge commit and its first parent. undefined: as decided. Lines that others changed
 * meanwhile in the same files are theirs, and a file that was so already may have stayed as it is.
 */
export function mergedAsDecided(
  candidate: Candidate,
  changed: readonly Pick<GatedFile, "path" | "modeAfter">[],
  texts: readonly MergedText[],
): Reason | undefined {
  const planned = new Map(candidate.files.map((file) => [file.path, file]));
  for (const { path, modeAfter } of changed) {
    const file = planned.get(path);
    if (file === undefined) return differs("a file changed with it that the plan doesn't name");
    if (modeAfter !== (file.after === undefined ? "000000" : "100644")) return differs("a file became something else");
  }
  for (const file of candidate.files) {
    const found = texts.find(({ path }) => path === file.path);
    const [before, after] = [found?.before, found?.after];
    if (after === file.after) continue;
    if (edit(before, after) !== edit(file.before, file.after)) return differs("a file's text isn't what was planned");
  }
  return undefined;
}

function differs(message: string): Reason {
  return { code: "merge-differs", message: `what was merged isn't what was decided: ${message}` };
}

/** What is taken out and put in, wherever in the file: the part between what both begin and end with. */
function edit(before: string | undefined, after: string | undefined): string {
  const [old, now] = [(before ?? "").split("\n"), (after ?? "").split("\n")];
  const { start, end } = commonEnds(old, now);
  const between = (lines: readonly string[]) => lines.slice(start, lines.length - end);
  return JSON.stringify([before === undefined, after === undefined, between(old), between(now)]);
}

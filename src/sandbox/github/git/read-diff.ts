/** What changed between two commits, file by file, as GitHub lists it. */
import type { FileChange } from "./git-objects.ts";

/** `git` runs git and answers its output. */
export async function readDiff(
  git: (args: readonly string[]) => Promise<string>,
  from: string,
  to: string,
): Promise<FileChange[]> {
  const options = ["--no-color", "--no-ext-diff", "--find-renames", "--abbrev=40", from, to];
  const raw = (await git(["diff", "--raw", "--numstat", "-z", ...options])).split("\0");
  const patches = splitPatches(await git(["diff", "--patch", ...options]));
  const changes: Omit<FileChange, "patch" | "additions" | "deletions">[] = [];
  const counts: { additions: number; deletions: number; binary: boolean }[] = [];
  for (let index = 0; index < raw.length; index += 1) {
    const record = raw[index] ?? "";
    const change = /^:\d+ \d+ ([0-9a-f]{40}) ([0-9a-f]{40}) ([A-Z])\d*$/.exec(record);
    if (change !== null) {
      const renamed = change[3] === "R" || change[3] === "C";
      const first = raw[index + 1] ?? "";
      const path = renamed ? (raw[index + 2] ?? "") : first;
      const status =
        change[3] === "A" ? "added" : change[3] === "D" ? "removed" : renamed ? "renamed" : ("modified" as const);
      changes.push({
        path,
        previousPath: renamed ? first : undefined,
        status,
        blob: (status === "removed" ? change[1] : change[2]) ?? "",
      });
      index += renamed ? 2 : 1;
      continue;
    }
    const count = /^(-|\d+)\t(-|\d+)\t/.exec(record);
    if (count !== null) {
      counts.push({ additions: Number(count[1]) || 0, deletions: Number(count[2]) || 0, binary: count[1] === "-" });
    }
  }
  return changes.map((change, index) => {
    const count = counts[index] ?? { additions: 0, deletions: 0, binary: false };
    return {
      ...change,
      additions: count.additions,
      deletions: count.deletions,
      patch: count.binary ? undefined : patches[index],
    };
  });
}

function splitPatches(text: string): (string | undefined)[] {
  return text
    .split(/^diff --git .*$/m)
    .slice(1)
    .map((part) => {
      const hunk = part.search(/^@@/m);
      return hunk === -1 ? undefined : part.slice(hunk).replace(/\n$/, "");
    });
}

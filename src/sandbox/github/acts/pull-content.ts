/** What a pull request changes, measured from where it left its base. */
import type { FileChange } from "../git/git-objects.ts";
import type { PullSize } from "../present/present-pull.ts";
import type { PullRecord } from "../world/records.ts";
import type { World } from "../world/world.ts";

/** Commits are oldest first. */
export async function pullContent(
  world: World,
  pull: PullRecord,
): Promise<{ readonly commits: readonly string[]; readonly files: readonly FileChange[] }> {
  const from = (await world.git.mergeBase(pull.base, pull.head)) ?? pull.base;
  const [commits, files] = await Promise.all([
    world.git.commitsBetween(pull.base, pull.head),
    world.git.diff(from, pull.head),
  ]);
  return { commits, files };
}

export async function pullSize(world: World, pull: PullRecord): Promise<PullSize> {
  const { commits, files } = await pullContent(world, pull);
  return {
    commits: commits.length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changedFiles: files.length,
  };
}

/** The changes that this room looks at: a few lines of configuration, as a person makes them in an incident. */
import type { MinedCommit, MinedPatch } from "../gitops/mirror/mined-commit.ts";
import { isConfiguration } from "./is-configuration.ts";

export const maxFiles = 3;
/** Removed and added. */
export const maxLines = 24;

/** Before the lines are known. */
export function touchesLittle(commit: MinedCommit): boolean {
  const { files } = commit;
  return files.length > 0 && files.length <= maxFiles && files.every(isOrdinary);
}

export function isSmall(patch: MinedPatch): boolean {
  if (patch.binary) return false;
  return patch.hunks.reduce((sum, { removed, added }) => sum + removed.length + added.length, 0) <= maxLines;
}

/** A regular file before and after, or before or after only. */
function isOrdinary({ path, modeBefore, modeAfter }: MinedCommit["files"][number]): boolean {
  return isConfiguration(path) && [modeBefore, modeAfter].every((mode) => /^(?:100644|100755|000000)$/.test(mode));
}

import type { Mirror, Revision } from "../gitops/mirror/mirror.ts";
import { isFullId } from "./commit-option.ts";

/** A full commit id, or a branch by any of its names, of this repository or of the one that it was cloned from. */
export async function namedRevision(mirror: Mirror, name: string): Promise<Revision | undefined> {
  if (isFullId(name)) return (await mirror.has(name)) ? name : undefined;
  return (
    (await mirror.branchHead(name)) ??
    (await mirror.branchHead(name.replace(/^refs\/heads\/|^(?:refs\/remotes\/)?origin\//, "")))
  );
}

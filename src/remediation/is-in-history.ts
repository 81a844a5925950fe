import type { Mirror, Revision } from "../gitops/mirror/mirror.ts";

/** Is the commit here, and the same as `head` or reachable from it? */
export async function isInHistory(
  mirror: Pick<Mirror, "has" | "isAncestor">,
  commit: Revision,
  head: Revision,
): Promise<boolean> {
  return (await mirror.has(commit)) && (await mirror.isAncestor(commit, head));
}

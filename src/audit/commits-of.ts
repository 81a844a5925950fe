import type { MinedCommit } from "../gitops/mirror/mined-commit.ts";
import type { Revision } from "../gitops/mirror/mirror.ts";
import type { Audit } from "./audit.ts";

/** Those of the commits that the clone has, by id. */
export async function commitsOf(
  { reader: { mirror }, history }: Pick<Audit, "reader" | "history">,
  ids: Iterable<Revision>,
): Promise<ReadonlyMap<Revision, MinedCommit>> {
  const wanted = [...new Set(ids)];
  const there = await Promise.all(wanted.map((id) => mirror.has(id)));
  const found = await history.each(wanted.filter((_, index) => there[index]));
  return new Map(found.map((commit) => [commit.id, commit]));
}

export const notInClone = "the commit isn't in this clone";

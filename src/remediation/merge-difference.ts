import { mergedAsDecided } from "../authority/merged-as-decided.ts";
import type { Reason } from "../reason.ts";
import type { RepositoryReader } from "./repository-reader.ts";
import type { Remediation } from "./response.ts";

/** What a merge made of the default branch beyond what was decided, from git's own trees; undefined: nothing. */
export async function mergeDifference(
  reader: RepositoryReader,
  { candidate }: Remediation,
  merge: string,
): Promise<Reason | undefined> {
  await reader.require(merge);
  const [commit] = await reader.mirror.log(merge, { limit: 1 });
  const parent = commit?.parents[0];
  if (parent === undefined)
    return {
      code: "merge-differs",
      message: "the branch was written over: nobody can say what the merge made of what",
    };
  const paths = candidate.files.map(({ path }) => path);
  const before = await reader.texts(parent, paths);
  const after = await reader.texts(merge, paths);
  const texts = paths.map((path) => ({ path, before: before.get(path), after: after.get(path) }));
  return mergedAsDecided(candidate, await reader.mirror.diff(parent, merge), texts);
}

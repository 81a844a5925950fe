/** The last look before writing: is each file still a plain one, below plain directories, where it is to be changed? */
import type { FileChange } from "../actions/candidate.ts";
import { writableEntry } from "../gitops/edit/writable-entry.ts";
import type { Revision } from "../gitops/mirror/mirror.ts";
import type { Reason } from "../reason.ts";
import type { RepositoryReader } from "./repository-reader.ts";

/** undefined when every file may be written at this revision. */
export async function unwritable(
  reader: RepositoryReader,
  revision: Revision,
  files: readonly FileChange[],
): Promise<Reason | undefined> {
  const entries = await reader.mirror.entries(revision);
  for (const { path, before } of files) {
    const why = writableEntry(entries, path, before === undefined ? "new" : "exists");
    if (why !== undefined) return why;
  }
  return undefined;
}

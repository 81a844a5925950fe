import type { RepositoryReader } from "../repository-reader.ts";
import { type RestoringParts, restoreIncidents } from "./restore-incidents.ts";

/**
 * To be called before anything of a repository is handled, as often as one likes: once it is restored the store isn't asked again. Where
 * it can't be done now, everything else goes on, and the next call tries again.
 */
export function restorer(parts: RestoringParts): (reader: RepositoryReader) => Promise<void> {
  const settled = new Set<string>();
  return async (reader) => {
    const { repository } = reader.mirror;
    if (settled.has(repository)) return;
    // Also while it is at work: what is called for meanwhile doesn't wait.
    settled.add(repository);
    try {
      await restoreIncidents(parts, reader);
    } catch (error) {
      settled.delete(repository);
      parts.log.warn({ repository, error }, "open incidents couldn't be restored from the ledger: tried again soon");
    }
  };
}

import type { RepositoryReader } from "../repository-reader.ts";
import { type RestoringParts, restoreIncidents } from "./restore-incidents.ts";

/**
 * To be called before anything of a repository is handled, as often as one likes: once it is restored the store isn't asked again.
 * Whoever comes meanwhile waits. Where it can't be done now this throws, and the next call tries again: an alert that is handled before
 * would open a second incident of the same target, and nobody would end the first one.
 */
export function restorer(parts: RestoringParts): (reader: RepositoryReader) => Promise<void> {
  const restoring = new Map<string, Promise<void>>();
  const restore = async (reader: RepositoryReader): Promise<void> => {
    const { repository } = reader.mirror;
    try {
      await restoreIncidents(parts, reader);
    } catch (error) {
      restoring.delete(repository);
      parts.log.warn({ repository, error }, "open incidents couldn't be restored from the ledger: tried again soon");
      throw error;
    }
  };
  return (reader) => {
    const { repository } = reader.mirror;
    const known = restoring.get(repository) ?? restore(reader);
    restoring.set(repository, known);
    return known;
  };
}

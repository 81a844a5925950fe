import type { RepositoryReader } from "../../src/remediation/repository-reader.ts";
import { type RestoringParts, restoreIncidents } from "../../src/remediation/restoring/restore-incidents.ts";

/** A reader before whose use open incidents come back from the ledger. What can't be done now is tried again, and all else goes on. */
export function restoredFirst(parts: RestoringParts, reader: RepositoryReader): () => Promise<RepositoryReader> {
  let restoring = false;
  return async () => {
    if (restoring) return reader;
    restoring = true;
    try {
      await restoreIncidents(parts, reader);
    } catch (error) {
      parts.log.warn({ error }, "open incidents couldn't be restored");
    } finally {
      restoring = false;
    }
    return reader;
  };
}

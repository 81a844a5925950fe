/** The repositories that this process has opened, each once, and when each was last brought up to date. */
import type { Instant } from "../clock.ts";
import type { Mirror } from "../gitops/mirror/mirror.ts";
import type { RepositoryReader } from "../remediation/repository-reader.ts";
import type { MirrorWatch } from "./watchdog/mirror-watch.ts";

export interface Readers {
  /** Opens it where it isn't open yet; what failed to open is tried again the next time. */
  get(repository: string): Promise<RepositoryReader>;
  names(): Iterable<string>;
  /** undefined: it isn't open. */
  fetchedAt(repository: string): Instant | undefined;
  close(): Promise<void>;
}

/** `open` makes a reader of the mirror that `watched` gives it. */
export function createReaders(
  attempts: MirrorWatch,
  open: (repository: string, watched: (mirror: Mirror) => Mirror) => Promise<RepositoryReader>,
): Readers {
  const opening = new Map<string, Promise<RepositoryReader>>();
  const watch = (repository: string) => (mirror: Mirror) => {
    // It was fetched to be opened.
    attempts.attempted(repository);
    const fetch: Mirror["fetch"] = async (commit) => {
      try {
        await mirror.fetch(commit);
      } catch (error) {
        attempts.attempted(repository, error);
        throw error;
      }
      attempts.attempted(repository);
    };
    return { ...mirror, fetch };
  };
  return {
    get(repository) {
      const known = opening.get(repository);
      if (known !== undefined) return known;
      const opened = open(repository, watch(repository));
      opening.set(repository, opened);
      opened.catch((error: unknown) => {
        opening.delete(repository);
        attempts.attempted(repository, error);
      });
      return opened;
    },
    names: () => opening.keys(),
    fetchedAt: (repository) => (opening.has(repository) ? attempts.fetchedAt(repository) : undefined),
    async close() {
      for (const reader of opening.values()) await (await reader).mirror.close();
    },
  };
}

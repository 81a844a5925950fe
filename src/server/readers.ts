/** The repositories that this process has opened, each once, and when each was last brought up to date. */
import type { Clock, Instant } from "../clock.ts";
import type { Mirror } from "../gitops/mirror/mirror.ts";
import type { RepositoryReader } from "../remediation/repository-reader.ts";

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
  clock: Clock,
  open: (repository: string, watched: (mirror: Mirror) => Mirror) => Promise<RepositoryReader>,
): Readers {
  const opening = new Map<string, Promise<RepositoryReader>>();
  const fetched = new Map<string, Instant>();
  const watch = (repository: string) => (mirror: Mirror) => {
    const seen = () => fetched.set(repository, clock.now());
    // It was fetched to be opened.
    seen();
    const fetch: Mirror["fetch"] = async (commit) => {
      await mirror.fetch(commit);
      seen();
    };
    return { ...mirror, fetch };
  };
  return {
    get(repository) {
      const known = opening.get(repository) ?? open(repository, watch(repository));
      opening.set(repository, known);
      known.catch(() => opening.delete(repository));
      return known;
    },
    names: () => opening.keys(),
    fetchedAt: (repository) => fetched.get(repository),
    async close() {
      for (const reader of opening.values()) await (await reader).mirror.close();
    },
  };
}

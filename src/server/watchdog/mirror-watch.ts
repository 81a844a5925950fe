/** When each mirror was last fetched, and since when that fails. */
import type { Clock, Instant } from "../../clock.ts";
import type { MirrorFact } from "../../remediation/watchdog/find-troubles.ts";

export interface MirrorWatch {
  /** An attempt is over; `error`: it failed. */
  attempted(repository: string, error?: unknown): void;
  fetchedAt(repository: string): Instant | undefined;
  /** When it was last tried. */
  attemptedAt(repository: string): Instant | undefined;
  look(): readonly MirrorFact[];
}

export function mirrorWatch(clock: Clock): MirrorWatch {
  const facts = new Map<string, MirrorFact>();
  const attempts = new Map<string, Instant>();
  return {
    attempted(repository, error) {
      const now = clock.now();
      attempts.set(repository, now);
      const before = facts.get(repository);
      facts.set(
        repository,
        error === undefined
          ? { repository, fetchedAt: now, failingSince: undefined, error: undefined }
          : {
              repository,
              fetchedAt: before?.fetchedAt,
              failingSince: before?.failingSince ?? now,
              error: error instanceof Error ? error.message : String(error),
            },
      );
    },
    fetchedAt: (repository) => facts.get(repository)?.fetchedAt,
    attemptedAt: (repository) => attempts.get(repository),
    look: () => [...facts.values()],
  };
}

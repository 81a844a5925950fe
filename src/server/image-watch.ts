/** Tells the log, once a day, of images that standing rollbacks hold a target to and that are gone from their registry. */
import type { Clock, Instant } from "../clock.ts";
import type { Images } from "../remediation/images.ts";
import { leasedImages } from "../remediation/leased-images.ts";
import type { RepositoryReader } from "../remediation/repository-reader.ts";
import type { Log } from "../remediation/session.ts";
import { standingLeases } from "../remediation/standing-leases.ts";

const everyMs = 24 * 60 * 60_000;

export interface ImageWatchParts {
  readonly images: Images;
  readonly clock: Clock;
  readonly log: Log;
}

/** Called as often as one likes. A look that failed is one, too: a registry that is away isn't asked the whole day. */
export function imageWatch({ images, clock, log }: ImageWatchParts): (reader: RepositoryReader) => Promise<void> {
  const lookedAt = new Map<string, Instant>();
  return async (reader) => {
    const { repository } = reader.mirror;
    const now = clock.now();
    if (now - (lookedAt.get(repository) ?? Number.NEGATIVE_INFINITY) < everyMs) return;
    lookedAt.set(repository, now);
    const revision = await reader.mirror.head();
    const leases = await standingLeases(reader, revision, now);
    if (leases === "unreadable") return;
    for (const lease of leases) {
      for (const { reference, ...answer } of await leasedImages(reader, revision, lease, images)) {
        if (answer.word !== "gone") continue;
        const { commit, target } = lease.record;
        log.warn(
          { repository, target, commit, image: reference },
          `a lease holds to an image that is gone: ${answer.why}`,
        );
      }
    }
  };
}

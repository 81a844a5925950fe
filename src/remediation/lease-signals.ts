import type { Instant } from "../clock.ts";
import { expiredLeaseOf, leaseAlert } from "../incidents/lease-alert.ts";
import type { AlertSignal } from "../signals/signal.ts";
import type { IncidentRecord } from "../store/store.ts";
import type { RepositoryReader } from "./repository-reader.ts";
import { standingLeases } from "./standing-leases.ts";

/**
 * What the repository's leases say now: those whose time is over fire, and those of open incidents that aren't in force any more
 * have resolved. `open`: the repository's incidents that aren't closed.
 */
export async function leaseSignals(
  reader: RepositoryReader,
  open: readonly Pick<IncidentRecord, "incident">[],
  now: Instant,
): Promise<readonly AlertSignal[]> {
  const { repository } = reader.mirror;
  const leases = await standingLeases(reader, await reader.mirror.head(), now);
  if (leases === "unreadable") return [];
  // What somebody has changed since is theirs: `remit leases` tells of it.
  const ending = leases.filter(({ end }) => end?.outcome === "candidate");
  const firing = ending.flatMap(({ record, target, expired }) =>
    target !== undefined && expired
      ? [
          leaseAlert({
            repository,
            target,
            commit: record.commit,
            expiresAt: record.lease.expiresAt,
            over: false,
            observedAt: now,
          }),
        ]
      : [],
  );
  const standing = new Set(ending.map(({ record }) => record.commit));
  const over = open.flatMap(({ incident: { alerts, target } }) =>
    alerts.flatMap((alert) => {
      const commit = alert.status === "firing" ? expiredLeaseOf(alert) : undefined;
      return commit === undefined || standing.has(commit)
        ? []
        : [leaseAlert({ repository, target, commit, expiresAt: alert.startsAt, over: true, observedAt: now })];
    }),
  );
  return [...firing, ...over];
}

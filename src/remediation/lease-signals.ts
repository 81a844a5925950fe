import type { Instant } from "../clock.ts";
import type { Revision } from "../gitops/mirror/mirror.ts";
import type { Incident } from "../incidents/incident.ts";
import { incidentId } from "../incidents/incident-id.ts";
import { expiredLeaseOf, leaseAlert, leaseExpiry } from "../incidents/lease-alert.ts";
import type { AlertSignal } from "../signals/signal.ts";
import type { Incidents } from "../store/store.ts";
import type { Target } from "../target.ts";
import type { Forge } from "./forge.ts";
import { isInHistory } from "./is-in-history.ts";
import { ownLeases } from "./own-leases.ts";
import { putOffAt } from "./put-off.ts";
import type { RepositoryReader } from "./repository-reader.ts";
import type { StandingLease } from "./standing-leases.ts";

export interface LeaseLook {
  readonly reader: RepositoryReader;
  readonly revision: Revision;
  /** At that revision, newest first. */
  readonly leases: readonly StandingLease[];
  readonly forge: Pick<Forge, "ownMessage">;
  readonly incidents: Pick<Incidents, "get" | "open">;
  readonly now: Instant;
}

/**
 * What the repository's leases say now: those of Remit's own whose time is over fire, the one that expired first to begin with, and
 * those of open incidents that aren't in force any more have resolved.
 */
export async function leaseSignals(look: LeaseLook): Promise<readonly AlertSignal[]> {
  const { reader } = look;
  // What somebody has changed since is theirs, and told by `tellLease`.
  const ending = look.leases.filter(({ end }) => end?.outcome === "candidate");
  const open = (await look.incidents.open(reader.mirror.repository)).map(({ incident }) => incident);
  return [...(await firing(look, ending, open)), ...(await over(look, ending, open))];
}

/** Each tells its incident to look at GitHub, so what is known is told again as seldom as it is looked at by itself. */
const tellAgainMs = 5 * 60_000;

async function firing(
  look: LeaseLook,
  ending: readonly StandingLease[],
  open: readonly Incident[],
): Promise<readonly AlertSignal[]> {
  const { reader, forge, now } = look;
  const lately = open
    .flatMap(({ alerts }) => alerts)
    .filter(({ lastFiringAt }) => Math.abs(now - lastFiringAt) < tellAgainMs);
  const told = new Set(lately.map(expiredLeaseOf));
  const expired = ending
    .filter(({ expired, record }) => expired && !told.has(record.commit))
    .toSorted((a, b) => a.record.lease.expiresAt - b.record.lease.expiresAt);
  const signals: AlertSignal[] = [];
  for (const { record, target } of await ownLeases(reader, forge, expired, now)) {
    if (target === undefined) continue;
    const startsAt = await endsSince(look, target, record);
    const { repository } = reader.mirror;
    const { commit, lease } = record;
    const { expiresAt } = lease;
    signals.push(leaseAlert({ repository, target, commit, startsAt, expiresAt, over: false, observedAt: now }));
  }
  return signals;
}

/** When its time was over, or the last trouble that put its end off: each time it is an incident of its own. */
async function endsSince(
  look: LeaseLook,
  target: Target,
  { commit, lease }: StandingLease["record"],
): Promise<Instant> {
  let since = lease.expiresAt;
  for (;;) {
    const known = await look.incidents.get(incidentId(look.reader.mirror.repository, target, since, { lease: commit }));
    const putOff = known && putOffAt(known);
    if (putOff === undefined) return since;
    // By a clock that was behind, it may have been before that.
    since = Math.max(putOff, since + 1);
  }
}

/** A mirror that is behind doesn't hold the lease's commit yet, and says nothing of it. */
async function over(
  { reader: { mirror }, revision, now }: LeaseLook,
  ending: readonly StandingLease[],
  open: readonly Incident[],
): Promise<readonly AlertSignal[]> {
  const { repository } = mirror;
  const standing = new Set(ending.map(({ record }) => record.commit));
  const signals: AlertSignal[] = [];
  for (const { alerts, target } of open)
    for (const alert of alerts) {
      const commit = alert.status === "firing" ? expiredLeaseOf(alert) : undefined;
      if (commit === undefined || standing.has(commit) || !(await isInHistory(mirror, commit, revision))) continue;
      const { startsAt } = alert;
      const expiresAt = leaseExpiry(alert);
      signals.push(leaseAlert({ repository, target, commit, startsAt, expiresAt, over: true, observedAt: now }));
    }
  return signals;
}

import type { Instant } from "../clock.ts";
import type { Forge } from "./forge.ts";
import { type LeaseLook, leaseSignals } from "./lease-signals.ts";
import { formatLeaseTask, leaseQueue } from "./lease-task.ts";
import { leftToPeople } from "./left-to-people.ts";
import { type ReceiverParts, receiveSignals } from "./receive-signals.ts";
import type { RepositoryReader } from "./repository-reader.ts";
import { standingLeases } from "./standing-leases.ts";
import { isTold } from "./tell-lease.ts";

export interface LeaseParts extends ReceiverParts {
  readonly forge: (repository: string) => Forge;
}

/**
 * Looks whose time is over in one repository: what goes back is told to the incidents, and of what is left to people they are to be
 * told. Answers what came of it, without text of others.
 */
export async function endLeases(parts: LeaseParts, repository: string): Promise<readonly string[]> {
  const reader = await parts.reader(repository);
  const { incidents } = parts.store;
  const forge = parts.forge(repository);
  const now = parts.clock.now();
  const revision = await reader.mirror.head();
  const leases = await standingLeases(reader, revision, now);
  if (leases === "unreadable") return [];
  const look: LeaseLook = { reader, revision, leases, forge, incidents, now };
  const notes = await receiveSignals(parts, await leaseSignals(look));
  await queueTasks(parts, look);
  return notes;
}

/** GitHub knows what was said: asking again costs little, and loses nothing with the store. */
const askAgainMs = 5 * 60_000;
const askedAt = new WeakMap<RepositoryReader, Map<string, Instant>>();

async function queueTasks({ store }: LeaseParts, look: LeaseLook): Promise<void> {
  const { reader, now } = look;
  const asked = askedAt.get(reader) ?? new Map<string, Instant>();
  askedAt.set(reader, asked);
  for (const lease of await leftToPeople(look)) {
    const { commit } = lease.record;
    const last = asked.get(commit);
    if (isTold(reader, lease) || (last !== undefined && Math.abs(now - last) < askAgainMs)) continue;
    const { repository } = reader.mirror;
    await store.queue.add(formatLeaseTask({ repository, commit }), now, leaseQueue);
    asked.set(commit, now);
  }
}

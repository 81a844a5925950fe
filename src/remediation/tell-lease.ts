/** Tells people, on the pull request that made it, that the time of a change is over and that Remit leaves it: once, by GitHub's own record. */
import { stopReason } from "../authority/stop.ts";
import type { Instant } from "../clock.ts";
import { isRefusal } from "../is-refusal.ts";
import type { Forge, RepositoryView } from "./forge.ts";
import { guardedForge } from "./guarded-forge.ts";
import type { Hold } from "./hold.ts";
import type { LeaseTask } from "./lease-task.ts";
import { leftToPeople } from "./left-to-people.ts";
import { leaseComment } from "./prose/lease-comment.ts";
import type { RepositoryReader } from "./repository-reader.ts";
import type { ReconcilerParts } from "./session.ts";
import { type StandingLease, standingLeases } from "./standing-leases.ts";

/** What this process knows to be told: GitHub isn't asked for it again and again. */
const told = new WeakMap<RepositoryReader, Set<string>>();

export function isTold(reader: RepositoryReader, { record }: StandingLease): boolean {
  return told.get(reader)?.has(record.commit) === true;
}

/** Answers when to look again; undefined: when it is asked for. */
export async function tellLease(
  parts: ReconcilerParts,
  { repository, commit }: LeaseTask,
  hold?: Hold,
): Promise<Instant | undefined> {
  const reader = await parts.reader(repository);
  if (told.get(reader)?.has(commit) === true) return undefined;
  const forge = guardedForge(parts.forge(repository), hold);
  const view = await forge.read({ branch: undefined, incidentId: "", issueNumber: undefined });
  const now = parts.clock.now();
  if (isHeldBack(parts, view)) return now + parts.settings.pollEveryMs;
  await reader.require(view.head);
  const leases = await standingLeases(reader, view.head, now);
  const left = leases === "unreadable" ? [] : await leftToPeople({ reader, forge, leases, now });
  const lease = left.find(({ record }) => record.commit === commit);
  if (lease === undefined || !(await say(parts, forge, lease))) return undefined;
  told.set(reader, (told.get(reader) ?? new Set()).add(commit));
  return undefined;
}

/** By a clock that is wrong its time may not be over. */
function isHeldBack({ stopEnvironment }: ReconcilerParts, view: RepositoryView): boolean {
  const { stopFile, stopIssue, archived, wrongClock } = view;
  const stop = stopReason({ stopFile, stopIssue, environment: stopEnvironment() });
  return stop !== undefined || archived || wrongClock !== undefined;
}

async function say({ log }: ReconcilerParts, forge: Forge, lease: StandingLease): Promise<boolean> {
  const { commit, target } = lease.record;
  try {
    const outcome = await forge.commentOnMerged(commit, leaseComment(lease));
    log.info({ target, commit, outcome }, "told that a lease is left to people");
    return outcome !== "not-ours";
  } catch (error) {
    // A conversation that somebody has locked: no later attempt helps.
    if (!isRefusal(error)) throw error;
    log.warn({ target, commit, error }, "GitHub takes no comment on the pull request of a lease");
    return true;
  }
}

/**
 * Which troubles people are told of. One that comes and goes is told once and stays told until it was away for a while, so
 * that the issue neither flaps nor nags. Replicas that see different things share what is known: who sees nothing takes
 * nothing back before the time is over. Pure.
 */
import { z } from "zod";
import type { Instant } from "../../clock.ts";
import { type Trouble, troubleKey, troubleSchema } from "./trouble.ts";

export const knownTroubleSchema = z.object({
  /** As it was when it was first seen: what changes about it all the time changes no issue. */
  trouble: troubleSchema,
  firstSeenAt: z.number(),
  lastSeenAt: z.number(),
});
export type KnownTrouble = z.infer<typeof knownTroubleSchema>;

/** Seen for so long, it is told. */
const tellAfterMs = 90_000;
/** Away for so long, it is over. */
export const calmMs = 10 * 60_000;

export function settle(
  known: readonly KnownTrouble[],
  seen: readonly Trouble[],
  now: Instant,
): readonly KnownTrouble[] {
  const current = new Map(seen.map((trouble) => [troubleKey(trouble), trouble]));
  const kept = known.flatMap((each): readonly KnownTrouble[] => {
    const isSeen = current.delete(troubleKey(each.trouble));
    if (isSeen) return [{ ...each, lastSeenAt: now }];
    return Math.abs(now - each.lastSeenAt) <= calmMs ? [each] : [];
  });
  return [...kept, ...[...current.values()].map((trouble) => ({ trouble, firstSeenAt: now, lastSeenAt: now }))];
}

/** Oldest first. */
export function told(known: readonly KnownTrouble[]): readonly Trouble[] {
  return known
    .filter(({ firstSeenAt, lastSeenAt }) => lastSeenAt - firstSeenAt >= tellAfterMs)
    .map(({ trouble }) => trouble)
    .toSorted((a, b) => a.since - b.since || (troubleKey(a) < troubleKey(b) ? -1 : 1));
}

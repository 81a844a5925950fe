/** The changes that may be the cause: in the window, before the trouble, and still making a difference. Newest first. */
import type { Instant } from "../clock.ts";
import { fieldKey } from "../gitops/catalogue/field-key.ts";
import { effectiveCommits } from "./effective-commits.ts";
import type { FeaturesInput } from "./suspect-features.ts";
import type { TargetCommit } from "./target-commits.ts";

/** How far the clocks of git, Prometheus and GitHub may be apart. Milliseconds. */
export const clockSkewMs = 60_000;

/** `commits`: all that is known of the target, newest first. */
export function candidateCauses(
  commits: readonly TargetCommit[],
  troubleAt: Instant,
  windowMs: number,
): readonly Omit<FeaturesInput, "habits">[] {
  const before = commits.filter(({ commit }) => commit.committedAt <= troubleAt + clockSkewMs);
  return effectiveCommits(before)
    .filter(({ commit }) => commit.committedAt >= troubleAt - windowMs)
    .map((suspect, place) => ({
      suspect,
      place,
      troubleAt,
      overwrittenAt: overwrittenAt(suspect, before),
      restores: restores(suspect, before),
    }));
}

/** When the last of its fields was written again. `commits` are newest first. */
function overwrittenAt({ commit, changes }: TargetCommit, commits: readonly TargetCommit[]): Instant | undefined {
  const left = new Set(changes.map(({ field }) => fieldKey(field)));
  const from = commits.findIndex((other) => other.commit.id === commit.id);
  for (const newer of commits.slice(0, Math.max(0, from)).toReversed()) {
    for (const { field } of newer.changes) left.delete(fieldKey(field));
    if (left.size === 0) return newer.commit.committedAt;
  }
  return undefined;
}

/** Had every field that it wrote held that value at some time before? `commits` are newest first. */
function restores({ commit, changes }: TargetCommit, commits: readonly TargetCommit[]): boolean {
  const from = commits.findIndex((other) => other.commit.id === commit.id);
  const stood = new Set(
    commits
      .slice(from + 1)
      .flatMap((older) => older.changes.map(({ field, before }) => JSON.stringify([fieldKey(field), before ?? null]))),
  );
  return changes.every(({ field, after }) => stood.has(JSON.stringify([fieldKey(field), after ?? null])));
}

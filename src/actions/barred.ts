import type { Reason } from "../reason.ts";
import type { Barrier } from "./barrier.ts";

export interface BarredInput {
  readonly service: string;
  /** Values that would be restored. */
  readonly values: readonly string[];
  /** Commits that would be taken back, in full. */
  readonly commits: readonly string[];
}

/** Why the owners' barriers forbid it; undefined when none does. */
export function barred(barriers: readonly Barrier[], { service, values, commits }: BarredInput): Reason | undefined {
  for (const barrier of barriers) {
    if (barrier.services.length > 0 && !barrier.services.includes(service)) continue;
    const value = values.find((restored) => barrier.values.some((forbidden) => holds(restored, forbidden)));
    if (value !== undefined) return refused(`a barrier forbids going back to ${value}`);
    const commit = commits.find((taken) => barrier.commits.some((forbidden) => isCommit(taken, forbidden)));
    if (commit !== undefined) return refused(`a barrier forbids taking back ${commit.slice(0, 12)}`);
  }
  return undefined;
}

/** The value itself, or the tag or digest of an image reference. */
function holds(restored: string, forbidden: string): boolean {
  if (restored === forbidden) return true;
  const [name = "", digest] = restored.split("@", 2);
  const tag = /:([^:/]+)$/.exec(name)?.[1];
  return [name, digest, tag].includes(forbidden);
}

function isCommit(taken: string, forbidden: string): boolean {
  return forbidden.length >= 12 && taken.startsWith(forbidden.toLowerCase());
}

function refused(message: string): Reason {
  return { code: "target-value-barred", message };
}

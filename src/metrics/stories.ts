/** Which of Remit's commits took back which other one. */
import type { Instant } from "../clock.ts";
import type { Remediation } from "./facts.ts";

export interface Story {
  readonly fix: Remediation;
  /** When Remit took it back, for another reason than that its time was over. */
  readonly undoneAt: Instant | undefined;
}

export interface Stories {
  /** Oldest first. */
  readonly stories: readonly Story[];
  readonly undos: readonly { readonly undo: Remediation; readonly due: boolean }[];
}

export function tellStories(remediations: readonly Remediation[]): Stories {
  const ordered = remediations.toSorted((a, b) => a.mergedAt - b.mergedAt || (a.commit < b.commit ? -1 : 1));
  const fixes: Remediation[] = [];
  const undone = new Map<Remediation, Instant>();
  const undos: { undo: Remediation; due: boolean }[] = [];
  for (const each of ordered) {
    if (each.action !== "undo") {
      fixes.push(each);
      continue;
    }
    const fix = undoneBy(each, fixes);
    const due = fix?.lease !== undefined && each.mergedAt >= fix.lease.expiresAt;
    undos.push({ undo: each, due });
    if (fix !== undefined && !due && !undone.has(fix)) undone.set(fix, each.mergedAt);
  }
  return { stories: fixes.map((fix) => ({ fix, undoneAt: undone.get(fix) })), undos };
}

/**
 * The newest fix of the target that the undo goes back from, state for state; else the newest of its incident; else, since the
 * end of a lease is an incident of its own and may concern a part of the files only, the newest that was for a time and whose time is over.
 */
function undoneBy(undo: Remediation, fixes: readonly Remediation[]): Remediation | undefined {
  const own = fixes.filter(({ target }) => target === undo.target);
  return (
    own.findLast(({ change }) => change !== undefined && isReverse(change, undo.change)) ??
    own.findLast(({ incident }) => incident === undo.incident) ??
    own.findLast(({ lease }) => lease !== undefined && undo.mergedAt >= lease.expiresAt)
  );
}

function isReverse(done: NonNullable<Remediation["change"]>, undone: Remediation["change"]): boolean {
  return done.from === undone?.to && done.to === undone.from;
}

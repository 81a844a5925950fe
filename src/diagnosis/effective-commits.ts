/** Of a target's commits those that still make a difference: a change that is undone, or that counts nowhere, broke nothing that lasts. */
import { fieldKey } from "../gitops/catalogue/field-key.ts";
import type { TargetCommit } from "./target-commits.ts";

/** `commits` are newest first and complete from the newest on. */
export function effectiveCommits(commits: readonly TargetCommit[]): readonly TargetCommit[] {
  /** What each field says today. */
  const today = new Map<string, string | undefined>();
  const effective: TargetCommit[] = [];
  for (const commit of commits) {
    const lasts = commit.changes.some(({ field, before, after }) => {
      const key = fieldKey(field);
      const now = today.has(key) ? today.get(key) : after;
      return field.shadowedBy === undefined && now !== before;
    });
    if (lasts) effective.push(commit);
    for (const { field, after } of commit.changes) {
      const key = fieldKey(field);
      if (!today.has(key)) today.set(key, after);
    }
  }
  return effective;
}

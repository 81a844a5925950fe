import type { FieldChange } from "../gitops/history/field-change.ts";
import type { Commit } from "../gitops/mirror/mirror.ts";

/** A commit with all that it did to one target's fields. */
export interface TargetCommit {
  readonly commit: Commit;
  readonly changes: readonly FieldChange[];
}

/** Groups field changes by commit, in the order given (newest first). Changes that change nothing are left out. */
export function targetCommits(changes: readonly FieldChange[]): readonly TargetCommit[] {
  const groups = new Map<string, { commit: Commit; changes: FieldChange[] }>();
  for (const change of changes) {
    if (change.before === change.after) continue;
    const group = groups.get(change.commit.id);
    if (group === undefined) groups.set(change.commit.id, { commit: change.commit, changes: [change] });
    else group.changes.push(change);
  }
  return [...groups.values()];
}

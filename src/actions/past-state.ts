/** What a target's fields said before a change: the states that a rollback may go back to, nearest first. */
import type { Instant } from "../clock.ts";
import type { TargetCommit } from "../diagnosis/target-commits.ts";
import { fieldKey } from "../gitops/catalogue/field-key.ts";

export interface PastState {
  /** Commits to be taken back to get there, newest first. They changed their fields in step, so all of them go back. */
  readonly undone: readonly TargetCommit[];
  /** By fieldKey: what the undone commits left, and what stood before them. undefined: the field wasn't there. */
  readonly fields: ReadonlyMap<string, { readonly left: string | undefined; readonly value: string | undefined }>;
  /** Since when and until when the fields said that. `since` is undefined where the known history begins later. */
  readonly since: Instant | undefined;
  readonly until: Instant;
  /** Commits at which the fields said that, those included that touched only other parts of the files. */
  readonly revisions: readonly string[];
}

/**
 * `commits`: the target's whole known history, newest first. The first state is the one before the suspect, the next
 * one is before the commit that made that state, and so on. Commits that changed other fields only are passed over.
 * `branch`: ids of all commits that touched the target's files, newest first.
 */
export function pastStates(
  commits: readonly TargetCommit[],
  suspect: string,
  branch: readonly string[] = commits.map(({ commit }) => commit.id),
): readonly PastState[] {
  const first = commits.findIndex(({ commit }) => commit.id === suspect);
  const states: PastState[] = [];
  let next = first;
  let undone: readonly TargetCommit[] = [];
  for (let at: TargetCommit | undefined = commits[next]; at !== undefined; at = commits[next]) {
    undone = [...undone, at];
    const fields = fieldsBefore(undone);
    const maker = commits.findIndex((older, index) => index > next && touches(older, fields));
    const made = maker === -1 ? undefined : commits[maker];
    states.push({
      undone,
      fields,
      since: made?.commit.committedAt,
      until: at.commit.committedAt,
      revisions: between(branch, at.commit.id, made?.commit.id),
    });
    if (made === undefined) break;
    next = maker;
  }
  return states;
}

/** What stood before these commits of the target, newest first, wherever they lie. */
export function stateBefore(undone: readonly TargetCommit[]): PastState {
  const until = undone.at(-1)?.commit.committedAt ?? 0;
  return { undone, fields: fieldsBefore(undone), since: undefined, until, revisions: [] };
}

/** After `newer`, up to and with `older`; to the end without it. */
function between(branch: readonly string[], newer: string, older: string | undefined): readonly string[] {
  const start = branch.indexOf(newer);
  if (start === -1) return [];
  const end = older === undefined ? branch.length : branch.indexOf(older) + 1;
  return branch.slice(start + 1, end);
}

function touches(commit: TargetCommit, fields: PastState["fields"]): boolean {
  return commit.changes.some(({ field }) => fields.has(fieldKey(field)));
}

/** The newest undone change of a field says what is left there now, the oldest one what stood before all of them. */
function fieldsBefore(undone: readonly TargetCommit[]): PastState["fields"] {
  const fields = new Map<string, { left: string | undefined; value: string | undefined }>();
  for (const { changes } of undone) {
    for (const { field, before, after } of changes) {
      const key = fieldKey(field);
      fields.set(key, { left: fields.has(key) ? fields.get(key)?.left : after, value: before });
    }
  }
  return fields;
}

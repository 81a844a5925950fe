/** What Remit did for a target before, as people ask when something happens again. Pure. */
import type { RemediationRecord } from "../ledger/remediation-record.ts";
import { type Target, targetName } from "../target.ts";
import type { EarlierChange } from "./response.ts";

const most = 5;

/**
 * Newest first. What puts a change's values back to what stood before it is its undo, or the end of its lease, and no change of its own.
 * `but`: the incident at hand.
 */
export function earlierChanges(
  records: readonly RemediationRecord[],
  target: Target,
  but: string,
): readonly EarlierChange[] {
  const name = targetName(target);
  const ours = records.filter((record) => record.target === name).toSorted((a, b) => b.at - a.at);
  const undone = new Map<RemediationRecord, RemediationRecord>();
  const undoing = new Set<RemediationRecord>();
  for (const record of ours.toReversed()) {
    const end = ours.findLast((later) => later.at > record.at && !undoing.has(later) && putsBack(later, record));
    if (end === undefined || undoing.has(record)) continue;
    undone.set(record, end);
    undoing.add(end);
  }
  return ours
    .filter((record) => !undoing.has(record) && record.incident !== but)
    .slice(0, most)
    .map((record) => {
      const { at, commit, action, incident } = record;
      const end = undone.get(record);
      return { at, commit, action, incident, ...(end === undefined ? {} : { takenBackAt: end.at }) };
    });
}

function putsBack(later: RemediationRecord, record: RemediationRecord): boolean {
  return (
    later.change !== undefined &&
    record.change !== undefined &&
    later.change.from === record.change.to &&
    later.change.to === record.change.from
  );
}

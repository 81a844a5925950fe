/** The ledger as far as it may be believed: what Remit itself wrote, and nobody has touched since. */
import type { Mirror, Revision } from "../../gitops/mirror/mirror.ts";
import type { LedgerRecord } from "../../ledger/ledger-record.ts";
import { readFiles, sequenceOf } from "../../ledger/read-record-files.ts";

export interface BroughtRecord {
  readonly record: LedgerRecord;
  /** That brought it. */
  readonly commit: Revision;
}

/** More than Remit writes while an incident is open. */
const mostCommits = 1_000;
const mostRecords = 5_000;

/** By the branch's newest commits, in the order in which they were written. Whose commits they are is still to be asked. */
export async function broughtRecords(
  mirror: Pick<Mirror, "log" | "read">,
  head: Revision,
): Promise<readonly BroughtRecord[]> {
  const brought = new Map<string, Revision>();
  const touched = new Set<string>();
  for (const { id, files } of await mirror.log(head, { limit: mostCommits }))
    for (const { path, status } of files) {
      // Records are added once, and nothing happens to them afterwards.
      if (status === "added" && !touched.has(path) && sequenceOf(path) !== undefined) brought.set(path, id);
      touched.add(path);
    }
  const files = await readFiles(mirror, head, [...brought.keys()].slice(0, mostRecords));
  return files
    .flatMap(({ path, parsed }) => {
      const commit = brought.get(path);
      return commit === undefined || parsed.kind !== "record" ? [] : [{ record: parsed.record, commit }];
    })
    .toSorted((a, b) => a.record.sequence - b.record.sequence);
}

/** By incident, those that no record closes. */
export function openStories(records: readonly BroughtRecord[]): ReadonlyMap<string, readonly BroughtRecord[]> {
  const stories = new Map<string, BroughtRecord[]>();
  for (const each of records) {
    const { incident, kind } = each.record;
    if (incident === undefined) continue;
    if (kind === "closed") stories.delete(incident.id);
    else stories.set(incident.id, [...(stories.get(incident.id) ?? []), each]);
  }
  return stories;
}

import type { MinedCommit } from "../../gitops/mirror/mined-commit.ts";
import type { Revision } from "../../gitops/mirror/mirror.ts";
import type { Check } from "../check.ts";
import { commitsOf } from "../commits-of.ts";
import { type ReadRecord, readable } from "../ledger.ts";
import { otherClockMs, sameClockMs } from "../slack.ts";

export const times: Check = {
  name: "times",
  title: "records are of when they say: none before what it names, none after its own commit, none going back",
  async run(audit, seen) {
    const records = readable(audit.ledger);
    const named = await commitsOf(audit, records.flatMap(commitsNamed));
    let newest = { at: 0, sequence: 0 };
    for (const stored of records) {
      const at = Date.parse(stored.record.time);
      const back = at < newest.at - otherClockMs ? `it is of before record ${newest.sequence}` : undefined;
      seen.record(stored, back ?? future(stored, at, audit.now) ?? tooEarly(stored, at, named));
      if (at > newest.at) newest = { at, sequence: stored.sequence };
    }
    let last = 0;
    for (const { id, committedAt } of audit.ledger.commits) {
      if (committedAt < last - sameClockMs)
        seen.find({ message: "it was committed before the one below it", commit: id });
      last = Math.max(last, committedAt);
    }
  },
};

/** What stood when it was recorded. */
function commitsNamed({ record: { kind, decision, change, result } }: ReadRecord): readonly Revision[] {
  const commit = kind === "merged" ? result?.commit : undefined;
  return [decision?.base, change?.base, commit].filter((id) => id !== undefined);
}

function future({ committedAt }: ReadRecord, at: number, now: number): string | undefined {
  if (at > now + otherClockMs) return "it is of the future";
  return committedAt !== undefined && at > committedAt + otherClockMs
    ? "it is of after the commit that brought it to the ledger"
    : undefined;
}

function tooEarly(stored: ReadRecord, at: number, named: ReadonlyMap<Revision, MinedCommit>): string | undefined {
  const { incident } = stored.record;
  if (incident !== undefined && at < Date.parse(incident.openedAt) - otherClockMs)
    return "it is of before its incident was opened";
  const later = commitsNamed(stored).find((id) => (named.get(id)?.committedAt ?? 0) > at + otherClockMs);
  return later === undefined ? undefined : `it is of before commit ${later}, which it names`;
}

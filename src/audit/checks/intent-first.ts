import type { Instant } from "../../clock.ts";
import type { RecordKind } from "../../ledger/ledger-record.ts";
import { changeKey } from "../../ledger/merges-among.ts";
import type { Check } from "../check.ts";
import { commitsOf, notInClone } from "../commits-of.ts";
import { readable } from "../ledger.ts";
import { type RecordedMerge, recordedMerges } from "../recorded-merges.ts";
import { sameClockMs } from "../slack.ts";

/** What others merge they needn't announce; what Remit proposed for it was announced all the same. */
export const intentFirst: Check = {
  name: "intent-first",
  title: "whatever Remit wrote was announced in the ledger before it was written",
  async run(audit, seen) {
    const announced = new Set<string>();
    for (const stored of readable(audit.ledger)) {
      const { kind, phase } = stored.record;
      const key = changeKey(stored);
      if (key === undefined || !writes.includes(kind)) continue;
      if (phase === "intent") announced.add(key);
      else seen.record(stored, announced.has(key) ? undefined : "nothing before it announces this change");
    }
    const merges = recordedMerges(audit.ledger);
    const commits = await commitsOf(
      audit,
      merges.map(({ commit }) => commit),
    );
    for (const merge of merges) {
      const merged = commits.get(merge.commit);
      if (merge.intents.length === 0) continue;
      if (merged === undefined) seen.skip(notInClone);
      else seen.record(merge.stored, late(merge, merged.committedAt));
    }
  },
};

const writes: readonly RecordKind[] = ["proposed", "undone", "merged"];

function late({ stored, byRemit, announced, intents }: RecordedMerge, mergedAt: Instant): string | undefined {
  if (stored.record.actor.kind === "remit" && announced === undefined)
    return "nothing before it announces that it is merged";
  const counted = byRemit ? intents.filter(({ record: { kind } }) => kind === "merged") : intents;
  const first = Math.min(...counted.map(({ committedAt = 0 }) => committedAt));
  if (first <= mergedAt + sameClockMs) return undefined;
  return `what announces it came to the ledger ${Math.round((first - mergedAt) / 1000)} s after the merge`;
}

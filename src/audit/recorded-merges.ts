/** What the ledger says that came to the base branch, with what was announced before. */

import type { Revision } from "../gitops/mirror/mirror.ts";
import type { RecordedChange, RecordedDecision } from "../ledger/ledger-record.ts";
import { type Ledger, type ReadRecord, readable } from "./ledger.ts";

export interface RecordedMerge {
  /** The result. */
  readonly stored: ReadRecord;
  /** What the base branch got. */
  readonly commit: Revision;
  /** Everything that announced this change, oldest first: of the proposal, and of the merge where Remit decided on it. */
  readonly intents: readonly ReadRecord[];
  /** The newest that announced the merge itself; undefined where it was somebody else's. */
  readonly announced: ReadRecord | undefined;
  readonly change: RecordedChange | undefined;
  readonly decision: RecordedDecision | undefined;
  /** It was Remit's to decide, also where GitHub was left to merge it. */
  readonly byRemit: boolean;
  /** Nobody had to approve it: what limits and freezes are for. */
  readonly unattended: boolean;
}

export function recordedMerges(ledger: Pick<Ledger, "records">): readonly RecordedMerge[] {
  const intents = new Map<string, ReadRecord[]>();
  const merges: RecordedMerge[] = [];
  for (const stored of readable(ledger)) {
    const { kind, phase, result } = stored.record;
    const key = changeKey(stored);
    const before = key === undefined ? [] : (intents.get(key) ?? []);
    if (phase === "intent" && key !== undefined) intents.set(key, [...before, stored]);
    else if (kind === "merged" && phase === "result" && result?.commit !== undefined)
      merges.push(mergeOf(stored, result.commit, before));
  }
  return merges;
}

/** Incident and candidate tell a change. */
export function changeKey({ record: { incident, change } }: ReadRecord): string | undefined {
  return change === undefined ? undefined : `${incident?.id ?? ""}\n${change.candidate}`;
}

function mergeOf(stored: ReadRecord, commit: Revision, intents: readonly ReadRecord[]): RecordedMerge {
  const { actor, change } = stored.record;
  const announced = intents.findLast(({ record: { kind } }) => kind === "merged");
  const newest = (announced ?? intents.at(-1))?.record;
  const tier = newest?.decision?.tier;
  const byRemit = actor.kind === "remit" || (actor.kind === "github" && announced !== undefined);
  return {
    stored,
    commit,
    intents,
    announced,
    change: change ?? newest?.change,
    decision: newest?.decision,
    byRemit,
    unattended: byRemit && (tier === "merge" || tier === "delay"),
  };
}
